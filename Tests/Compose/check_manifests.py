"""What `make check-manifests` runs: Kubernetes' own schemas, and what they cannot know.

    check_manifests.py docker/kubernetes

Needs kubernetes-validate of PyPI, which brings the schemas with it and asks no network.
"""

import pathlib
import sys

import kubernetes_validate
import yaml

WORKLOADS = {"StatefulSet", "Deployment", "Job"}
# The first and the last version that are checked: what is offered to clusters of today, and of tomorrow.
VERSIONS = ["1.31", kubernetes_validate.latest_version()]


def documents(folder):
    """Every resource as (file name, value), and the kustomization."""
    resources, kustomization = [], None
    for path in sorted(folder.glob("*.yaml")):
        for value in yaml.safe_load_all(path.read_text()):
            if value["kind"] == "Kustomization":
                kustomization = value
            else:
                resources.append((path.name, value))
    return resources, kustomization


def schema_problems(resources):
    """What Kubernetes would refuse, unknown fields included."""
    for file, value in resources:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(value, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                place = ".".join(str(part) for part in error.path)
                yield f"{named(file, value)}: {place}: {error.message} (Kubernetes {version})"
            except kubernetes_validate.SchemaNotFoundError as error:
                yield f"{named(file, value)}: {error.message}"


def reference_problems(resources, kustomization):
    """Files, secrets, claims, services and config maps that are spoken of and not there, or the reverse."""
    files = {file for file, _ in resources}
    for file in sorted(files ^ set(kustomization["resources"])):
        yield f"kustomization.yaml: {file} is listed and not there, or there and not listed"
    there = {(value["kind"], value["metadata"]["name"]) for _, value in resources}
    there |= {("Secret", secret["name"]) for secret in kustomization["secretGenerator"]}
    for file, value in resources:
        for wanted in references(value):
            if wanted not in there:
                yield f"{named(file, value)}: {wanted[0]} '{wanted[1]}' is nowhere"


def references(value):
    """What a resource speaks of, as (kind, name)."""
    if value["kind"] == "HorizontalPodAutoscaler":
        target = value["spec"]["scaleTargetRef"]
        yield target["kind"], target["name"]
    if value["kind"] not in WORKLOADS:
        return
    if service := value["spec"].get("serviceName"):
        yield "Service", service
    pod = value["spec"]["template"]["spec"]
    for volume in pod.get("volumes", []):
        if "secret" in volume:
            yield "Secret", volume["secret"]["secretName"]
        if "persistentVolumeClaim" in volume:
            yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]
        if "configMap" in volume:
            yield "ConfigMap", volume["configMap"]["name"]
    for container in containers(pod):
        for variable in container.get("env", []):
            if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                yield "Secret", reference["name"]


def safety_problems(resources):
    """Containers with rights that they do not need, mounts without a volume, pods that the policy misses."""
    for file, value in resources:
        if value["metadata"].get("namespace", "millrace") != "millrace":
            yield f"{named(file, value)}: belongs to another namespace than millrace"
        if value["kind"] not in WORKLOADS:
            continue
        template = value["spec"]["template"]
        pod = template["spec"]
        if template["metadata"]["labels"].get("app.kubernetes.io/name") != "millrace":
            yield f"{named(file, value)}: the network policy does not see its pods"
        if not pod.get("securityContext", {}).get("runAsNonRoot"):
            yield f"{named(file, value)}: may run as root"
        volumes = {volume["name"] for volume in pod.get("volumes", [])}
        volumes |= {claim["metadata"]["name"] for claim in value["spec"].get("volumeClaimTemplates", [])}
        for container in containers(pod):
            where = f"{named(file, value)}: container {container['name']}"
            security = container.get("securityContext", {})
            if security.get("allowPrivilegeEscalation") is not False:
                yield f"{where} may gain rights"
            if security.get("capabilities", {}).get("drop") != ["ALL"]:
                yield f"{where} keeps capabilities"
            if not security.get("readOnlyRootFilesystem"):
                yield f"{where} may write to its image"
            if "memory" not in container.get("resources", {}).get("limits", {}):
                yield f"{where} has no limit of memory"
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes:
                    yield f"{where} mounts '{mount['name']}', which is no volume of its pod"


def containers(pod):
    """All containers of a pod."""
    return pod.get("initContainers", []) + pod["containers"]


def named(file, value):
    """A resource in words."""
    return f"{file}: {value['kind']} {value['metadata']['name']}"


def main():
    resources, kustomization = documents(pathlib.Path(sys.argv[1]))
    problems = [
        *schema_problems(resources),
        *reference_problems(resources, kustomization),
        *safety_problems(resources),
    ]
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    if problems:
        sys.exit(1)
    print(f"{len(resources)} resources hold in Kubernetes {' and '.join(VERSIONS)}")


if __name__ == "__main__":
    main()
