"""Puts a kustomization together, as far as ours go; whatever else one may say is an error here.

`kubectl kustomize` is no package that can be installed with the others. So an overlay may use
`resources`, `namespace`, `labels`, `images` and JSON patches, which are few enough to follow.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Manifest = dict[str, Any]
KNOWN = {"apiVersion", "kind", "labels", "resources", "namespace", "images", "patches"}


def build(folder: Path) -> list[Manifest]:
    """The manifests of a folder with a kustomization. Raises `ValueError` for what it cannot do."""
    said = YAML(typ="safe").load((folder / "kustomization.yaml").read_text("utf-8"))
    if unknown := said.keys() - KNOWN:
        raise ValueError(f"{folder}: {', '.join(sorted(unknown))} is not known here")
    built = [copy.deepcopy(each) for name in said["resources"] for each in _read(folder / name)]
    for manifest in built:
        if "namespace" in said:
            manifest["metadata"]["namespace"] = said["namespace"]
        for pairs in said.get("labels", []):
            manifest["metadata"].setdefault("labels", {}).update(pairs["pairs"])
        for image in said.get("images", []):
            _name(manifest, image)
    for patch in said.get("patches", []):
        _patch(built, patch)
    return built


def pods(manifest: Manifest) -> Iterator[Manifest]:
    """What a pod of this manifest is made of, if it makes any."""
    spec = manifest.get("spec", {}).get("template", {}).get("spec")
    if spec is not None:
        yield spec


def _read(place: Path) -> list[Manifest]:
    if place.is_dir():
        return build(place)
    return list(YAML(typ="safe").load_all(place.read_text("utf-8")))


def _name(manifest: Manifest, image: dict[str, str]) -> None:
    for pod in pods(manifest):
        for container in pod["containers"]:
            if container["image"].partition(":")[0] == image["name"]:
                container["image"] = f"{image.get('newName', image['name'])}:{image['newTag']}"


def _patch(built: list[Manifest], patch: dict[str, Any]) -> None:
    target = patch["target"]
    found = [
        each
        for each in built
        if (each["kind"], each["metadata"]["name"]) == (target["kind"], target["name"])
    ]
    if len(found) != 1:
        raise ValueError(f"a patch of {target['kind']} {target['name']} fits {len(found)} of them")
    for step in YAML(typ="safe").load(patch["patch"]):
        _step(found[0], step)


def _step(manifest: Manifest, step: dict[str, Any]) -> None:
    """One step of a JSON patch, within objects and lists."""
    *way, last = step["path"].removeprefix("/").replace("~1", "/").split("/")
    place: Any = manifest
    for name in way:
        place = place[int(name) if isinstance(place, list) else name]
    if step["op"] == "add" and isinstance(place, list):
        place.insert(len(place) if last == "-" else int(last), step["value"])
        return
    key = int(last) if isinstance(place, list) else last
    if step["op"] != "add" and isinstance(place, dict) and key not in place:
        raise ValueError(f"there is no {step['path']} to {step['op']}")
    if step["op"] == "remove":
        del place[key]
    elif step["op"] in {"add", "replace"}:
        place[key] = step["value"]
    else:
        raise ValueError(f"{step['op']} is not known here")
