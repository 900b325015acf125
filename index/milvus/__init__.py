"""The backend past one machine: an index kept whole on Milvus (a cluster, or milvus-lite in a folder). Needs `wenbao[milvus]`.

pymilvus is imported only where a Milvus is asked for: by WENBAO_MILVUS_URI, or by `wenbao migrate`.
"""

from index.milvus.connect import Address, connected, told
from index.milvus.read import current, load
from index.milvus.write import publish

__all__ = ["Address", "connected", "current", "load", "publish", "told"]
