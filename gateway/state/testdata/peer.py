"""Starts the omnibus of csp-gateway without its page and tables, for side_by_side.py: python peer.py PORT"""

import sys
from pathlib import Path
from csp_gateway.server.config import load_gateway
from csp_gateway.server.demo import omnibus
load_gateway(
    overrides=["+config=omnibus", f"gateway.settings.PORT={sys.argv[1]}", "+gateway.settings.BIND=127.0.0.1", "gateway.settings.UI=False",
      "~modules.mount_perspective_tables", "gateway.modules=[/modules/example_module,/modules/mount_rest_routes]"],
    config_dir=Path(omnibus.__file__).parent,
).start(rest=True, ui=False)
