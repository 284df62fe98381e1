"""Install the pandocs that our users have into a folder, each with a program `pandoc-VERSION`: `pandocs.py DIR`.

Most come in wheels of pypandoc_binary. Two are Debian's, with their own libraries beside them, so that they run on a
system that is older; where there is no apt, they are left out, and said.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PANDOCS = {
    # version     where from   release
    "2.19.2":   ("pypi",      "1.13"),
    "3.1.11.1": ("debian",    "trixie"),
    "3.5":      ("pypi",      "1.14"),
    "3.6.1":    ("pypi",      "1.15"),
    "3.8.2.1":  ("pypi",      "1.16.2"),
    "3.9":      ("pypi",      "1.17"),
    "newest":   ("debian",    "sid"),
}  # fmt: skip
LIBRARIES = ["libc6", "libffi8", "libgmp10", "liblua5.4-0", "libnuma1", "libyaml-0-2", "zlib1g"]
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
WRAPPER = """\
#!/bin/sh
export pandoc_datadir={root}/usr/share/pandoc LC_ALL=C.UTF-8
libraries={root}/usr/lib/{triplet}:{root}/lib/{triplet}
exec {root}/{loader} --argv0 pandoc --library-path $libraries {root}/usr/bin/pandoc "$@"
"""


def from_pypi(release: str, folder: Path) -> Path:
    """Take pandoc out of a wheel of pypandoc_binary."""
    with tempfile.TemporaryDirectory() as name:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
            name,
        ]
        subprocess.run([*pip, f"pypandoc_binary=={release}"], check=True)
        with zipfile.ZipFile(next(Path(name).glob("*.whl"))) as wheel:
            program = Path(wheel.extract("pypandoc/files/pandoc", folder / release))
    program.chmod(0o755)
    return program


def from_debian(suite: str, folder: Path) -> Path:
    """Unpack pandoc of a release of Debian with its libraries, and write a program that starts it with them."""
    root = folder / suite
    archives = root / "archives"
    for part in (archives, root / "lists" / "partial", root / "cache" / "archives" / "partial"):
        part.mkdir(parents=True, exist_ok=True)
    (root / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {suite} main\n", encoding="utf-8")
    places = {"Dir::Etc::sourcelist": "sources.list", "Dir::State::lists": "lists", "Dir::Cache": "cache"}
    options = [word for key, place in places.items() for word in ("-o", f"{key}={root / place}")]
    apt = ["apt-get", "-qq", "-o", "Dir::Etc::sourceparts=/dev/null", "-o", "APT::Sandbox::User=root", *options]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run([*apt, "download", "pandoc", "pandoc-data", *LIBRARIES], cwd=archives, check=True)
    for archive in archives.glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", archive, root], check=True)
    loader = next(iter([*root.glob("usr/lib64/ld-linux-*.so.*"), *root.glob("usr/lib/ld-linux-*.so.*")]))
    triplet = next(root.glob("usr/lib/*/libgmp.so.*")).parent.name
    program = root / "pandoc"
    program.write_text(WRAPPER.format(root=root, loader=loader.relative_to(root), triplet=triplet), encoding="utf-8")
    program.chmod(0o755)
    return program


def _mirror() -> str:
    """Name the mirror that this machine's own apt reads Debian from."""
    asked = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE) $(ORIGIN)"], capture_output=True, text=True)
    return next(
        line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" Debian") and "security" not in line
    )


def main() -> None:
    """Install each pandoc that can be had here; one that is there already stays."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for version, (source, release) in PANDOCS.items():
        link = folder / f"pandoc-{version}"
        if link.exists():
            continue
        if source == "debian" and not (shutil.which("apt-get") and KEYRING.is_file()):
            print(f"pandoc {version} is left out: it comes from Debian {release}, and there is no apt here")
            continue
        program = {"pypi": from_pypi, "debian": from_debian}[source](release, folder)
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
        link.symlink_to(program)
        print(f"{link}: {said}")


if __name__ == "__main__":
    main()
