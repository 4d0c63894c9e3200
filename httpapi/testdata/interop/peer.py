"""Starts csp-gateway's own omnibus demo, without its page: python peer.py PORT"""

import sys
from pathlib import Path

from csp_gateway.server.config import load_gateway
from csp_gateway.server.demo import omnibus

load_gateway(
    overrides=["+config=omnibus", f"gateway.settings.PORT={sys.argv[1]}", "+gateway.settings.BIND=127.0.0.1"],
    config_dir=Path(omnibus.__file__).parent,
).start(rest=True, ui=False)
