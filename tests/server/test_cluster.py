"""The check of what runs on a cluster bites: each fault that is planted is told in a sentence."""

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.source import ROOT

BASE = "deploy/kubernetes/base"
PLANTED = {
    "a field that Kubernetes does not know": (
        ("server.yaml", "minReadySeconds: 5", "minReadySecond: 5"),
        "Deployment noaber-server: Kubernetes 1.33 refuses spec: Additional properties are not "
        "allowed ('minReadySecond' was unexpected)",
    ),
    "root": (
        ("worker.yaml", "runAsNonRoot: true", "runAsNonRoot: false"),
        "Deployment noaber-worker: may run as root",
    ),
    "a root that may be written": (
        ("server.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        "Deployment noaber-server: server may write everywhere",
    ),
    "no probe": (
        ("server.yaml", "readinessProbe:", "ready:"),
        "Deployment noaber-server: server has no readinessProbe",
    ),
    "no time to end": (
        ("server.yaml", "terminationGracePeriodSeconds: 45", "terminationGracePeriodSeconds: 30"),
        "servers: they need 34 seconds to end",
    ),
    "the newest, whichever that is": (
        ("migrate.yaml", "noaber:local", "noaber:latest"),
        "Job noaber-migrate: migrate has an image without a version",
    ),
    "a secret that is written down": (
        ("settings.yaml", "NOABER_HOST: 0.0.0.0", "DATABASE_URL: postgres://app:pass1@db/n"),
        "ConfigMap noaber: DATABASE_URL is no setting for everybody to read",
    ),
    "one server": (
        ("scaling.yaml", "minReplicas: 2", "minReplicas: 1"),
        "servers: two at least, and their number belongs to the autoscaler",
    ),
    "figures for everybody": (
        ("service.yaml", "targetPort: http", "targetPort: metrics"),
        "service: it leads to more than the API",
    ),
    "an open network": (
        ("network.yaml", "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]"),
        "networks: not all is closed at first",
    ),
}


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The functions of the check."""
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    return runpy.run_path(str(ROOT / ".ci/kubernetes.py"))


def test_what_we_ship_has_no_faults(check: dict[str, Any]) -> None:
    for folder in (ROOT / BASE, *(ROOT / "deploy/kubernetes/overlays").iterdir()):
        assert list(check["faults"](check["build"](folder))) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_that_is_planted_is_told(name: str, check: dict[str, Any], tmp_path: Path) -> None:
    (file, there, instead), told = PLANTED[name]
    folder = tmp_path / "base"
    shutil.copytree(ROOT / BASE, folder)
    text = (folder / file).read_text("utf-8")
    assert there in text
    (folder / file).write_text(text.replace(there, instead), "utf-8")
    assert told in list(check["faults"](check["build"](folder)))


def test_an_overlay_says_what_it_changes(check: dict[str, Any]) -> None:
    built = check["build"](ROOT / "deploy/kubernetes/overlays/production")
    kinds = {(each["kind"], each["metadata"]["name"]): each for each in built}
    server = kinds[("Deployment", "noaber-server")]
    assert server["metadata"]["namespace"] == "noaber"
    assert server["spec"]["template"]["spec"]["containers"][0]["image"] == (
        "registry.example/noaber:0.1.0"
    )
    assert kinds[("HorizontalPodAutoscaler", "noaber-server")]["spec"]["minReplicas"] == 3
    origins = kinds[("ConfigMap", "noaber")]["data"]["NOABER_ALLOWED_ORIGINS"]
    assert origins == "https://noaber.example"


def test_what_the_check_cannot_follow_is_an_error(check: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: []\nreplacements: []\n")
    with pytest.raises(ValueError, match="replacements is not known here"):
        check["build"](tmp_path)
