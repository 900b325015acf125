"""The backend past one machine: an index kept whole on Milvus (a cluster, or milvus-lite in a folder). Needs `wenbao[milvus]`.

pymilvus, and the modules that read and write there, are imported only where a Milvus is asked for: by WENBAO_MILVUS_URI, or by
`wenbao migrate`. A question put to a folder would else wait for all that a build needs.
"""
