"""Checks the manifests of Kubernetes, put together: by its own schemas, and by our rules."""

import sys
from collections.abc import Iterator
from pathlib import Path

import kubernetes_validate
from kustomize import Manifest, build, pods

# the oldest and the newest that we say it runs on
VERSIONS = ("1.33", "1.37")
PROBED = {"Deployment": {"startupProbe", "livenessProbe", "readinessProbe"}, "Job": set()}
SECRETS = ("SECRET", "PASSWORD", "DATABASE_URL", "REDIS_URL")
# what a server takes to end, at most: draining, requests and sockets, the second port, the pool
SERVER_SECONDS = 10 + 10 + 4 + 10


def faults(manifests: list[Manifest]) -> Iterator[str]:
    """One sentence for every schema and every rule that a manifest breaks."""
    for manifest in manifests:
        name = f"{manifest['kind']} {manifest['metadata']['name']}"
        for fault in (*schema(manifest), *manners(manifest), *secrets(manifest)):
            yield f"{name}: {fault}"
    yield from together(manifests)


def schema(manifest: Manifest) -> Iterator[str]:
    """What Kubernetes itself would refuse, unknown fields too."""
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            place = "/".join(map(str, error.path))
            yield f"Kubernetes {version} refuses {place}: {error.message}"


def manners(manifest: Manifest) -> Iterator[str]:
    """A pod is nobody, writes where it must, says how it is, what it needs and when it ends."""
    for pod in pods(manifest):
        safe = pod.get("securityContext", {})
        if not safe.get("runAsNonRoot") or not safe.get("runAsUser"):
            yield "may run as root"
        if safe.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield "may call whatever the kernel offers"
        if pod.get("automountServiceAccountToken") is not False:
            yield "holds a token of the cluster"
        if "terminationGracePeriodSeconds" not in pod:
            yield "does not say how long it takes to end"
        for container in pod["containers"]:
            for fault in confinement(container):
                yield f"{container['name']} {fault}"
            if missing := PROBED[manifest["kind"]] - container.keys():
                yield f"{container['name']} has no {', '.join(sorted(missing))}"


def confinement(container: Manifest) -> Iterator[str]:
    """A container is confined, bounded, and of a version that is told."""
    safe = container.get("securityContext", {})
    if not safe.get("readOnlyRootFilesystem"):
        yield "may write everywhere"
    if safe.get("allowPrivilegeEscalation") is not False or safe.get("privileged"):
        yield "may gain privileges"
    if safe.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "keeps capabilities"
    needs = container.get("resources", {})
    if not {"cpu", "memory"} <= needs.get("requests", {}).keys():
        yield "does not say what it needs"
    if "memory" not in needs.get("limits", {}):
        yield "may take all memory"
    tag = container["image"].rpartition("/")[2].partition(":")[2]
    if tag in {"", "latest"}:
        yield "has an image without a version"


def secrets(manifest: Manifest) -> Iterator[str]:
    """Secrets are referred to and never written down."""
    if manifest["kind"] == "Secret":
        yield "a secret stands in a file"
    for name in manifest.get("data", {}):
        if any(word in name for word in SECRETS):
            yield f"{name} is no setting for everybody to read"
    for pod in pods(manifest):
        for container in pod["containers"]:
            for each in container.get("env", []):
                if "value" in each and any(word in each["name"] for word in SECRETS):
                    yield f"{each['name']} is written down"


def together(manifests: list[Manifest]) -> Iterator[str]:
    """Two servers at least, never all away, with time to end; nothing open that was not opened."""
    kinds = {(each["kind"], each["metadata"]["name"]): each for each in manifests}
    server = kinds[("Deployment", "noaber-server")]["spec"]
    scaled = kinds[("HorizontalPodAutoscaler", "noaber-server")]["spec"]
    if scaled["minReplicas"] < 2 or "replicas" in server:
        yield "servers: two at least, and their number belongs to the autoscaler"
    if ("PodDisruptionBudget", "noaber-server") not in kinds:
        yield "servers: all may be taken away at once"
    if server["template"]["spec"]["terminationGracePeriodSeconds"] < SERVER_SECONDS:
        yield f"servers: they need {SERVER_SECONDS} seconds to end"
    closed = kinds[("NetworkPolicy", "noaber-closed")]["spec"]
    if set(closed["policyTypes"]) != {"Ingress", "Egress"} or {"ingress", "egress"} & closed.keys():
        yield "networks: not all is closed at first"
    service = kinds[("Service", "noaber-server")]["spec"]
    if any(port["targetPort"] != "http" for port in service["ports"]):
        yield "service: it leads to more than the API"


def main() -> int:
    """Print the faults of the folders that are named; 1 if there are any."""
    wrong = False
    for folder in map(Path, sys.argv[1:]):
        manifests = build(folder)
        found = list(faults(manifests))
        wrong = wrong or bool(found)
        print("\n".join(found) or f"{folder}: {len(manifests)} manifests, no faults")
    return int(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
