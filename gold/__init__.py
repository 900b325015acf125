"""The gold gate: every gold question is asked, and none may be lost unseen. `make gold` and `make ablate`; nothing of it is shipped."""
