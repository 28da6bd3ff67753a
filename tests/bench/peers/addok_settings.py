"""addok's settings for the comparison: Redis on a socket of its own, Chinese tokens, no French words."""

import os
from pathlib import Path

REDIS = {
    "unix_socket_path": os.environ["REDIS_SOCKET"],
    "indexes": {"db": 0},
    "documents": {"db": 1},
}
PROCESSORS_PYPATHS = ["addok_chinese.tokenize"]
QUERY_PROCESSORS_PYPATHS = []
FILTERS = ["type"]
LOG_DIR = Path(os.environ["REDIS_SOCKET"]).parent
