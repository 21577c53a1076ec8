# `make help` lists the targets. Nothing is installed but what the scripts in hack/ say that they build into your cache folder; where they cannot,
# the tests that need it are skipped and say so.
.DEFAULT_GOAL := help
.PHONY: help test unit build local simulator crds manifests docs-values docs-reference docs-metrics docs-kubectl docs-dependencies image-layout image release format matrix bench rbac-its kube-binaries helm-binary argocd-binary

PORT ?= 4566
# More options for `make local`, as in: make local LOCAL_FLAGS=--exit-when-ready
LOCAL_FLAGS ?=
# More flags for Maven, as in: make test MVN_FLAGS="-pl operator -am"
MVN_FLAGS ?=

VERSION := 0.1.0
MVN := hack/mvn.sh
# A package without what only `make test` needs.
PACKAGE := $(MVN) -q package -DskipTests -Djacoco.skip -Dspotless.check.skip

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## everything that CI runs: unit and integration tests, formatter, static checks, coverage
	@hack/helm-binary.sh >/dev/null || true
	@hack/argocd-binary.sh >/dev/null || true
	@KUBEBUILDER_ASSETS=$$(hack/kube-binaries.sh || true) $(MVN) verify $(MVN_FLAGS)

matrix: ## the operator killed at every point of every example, and every fault: many minutes (make test runs a sample)
	@hack/matrix.sh $(MVN_FLAGS)

bench: ## what many caches cost, beside our goals: about six minutes on an idle machine (hack/bench.sh N: the large run with N caches)
	@hack/bench.sh

rbac-its: ## the operator's integration tests with exactly the chart's rights, then whether each right was used
	@hack/rbac-its.sh $(MVN_FLAGS)

unit: ## unit tests only, under a minute
	@$(MVN) test $(MVN_FLAGS)

build: ## operator/target/operator-0.1.0.jar and its libraries, without tests
	@$(PACKAGE) -pl operator -am $(MVN_FLAGS)

local: ## a real kube-apiserver, a simulated AWS, the operator and all examples, until Ctrl-C
	@KUBEBUILDER_ASSETS=$$(hack/kube-binaries.sh) && export KUBEBUILDER_ASSETS && \
	  $(PACKAGE) -pl local -am $(MVN_FLAGS) && exec "$$(hack/jdk.sh)/bin/java" $(JAVA_FLAGS) -jar local/target/local-$(VERSION).jar --port=$(PORT) --parent=$$PPID $(LOCAL_FLAGS)

simulator: ## AWS endpoints on 127.0.0.1:$(PORT) for any AWS client, until Ctrl-C
	@$(PACKAGE) -pl simulator -am $(MVN_FLAGS) && \
	  exec "$$(hack/jdk.sh)/bin/java" $(JAVA_FLAGS) -jar simulator/target/simulator-$(VERSION).jar --port=$(PORT)

crds: ## write crds/ and its copies in chart and deploy/ again after a change to the model's records
	@$(MVN) -q test -pl operator -am -Dtest='*CrdTest' -Dcrds.write=true -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip && ls crds
	@hack/render-manifests.sh

manifests: ## write deploy/ again after a change to the chart
	@hack/render-manifests.sh

docs-values: ## write docs/reference/helm-values.md again after a change to the chart's values
	@$(MVN) -q test -pl local -am -Dtest='HelmValuesDocTest' -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip

docs-reference: ## write docs/reference/{cachecluster,reasons,settings,iam}.md and docs/iam/ again after a change to what they are made from
	@$(MVN) -q test -pl operator -am -Dtest='*ReferenceTest,IamPolicyTest' -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip

docs-metrics: ## write docs/reference/metrics.md again after a change to the operator's meters
	@$(MVN) -q test -pl operator -am -Dtest='OperatorMetersTest' -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip

docs-kubectl: ## write the outputs in docs/kubectl.md again after a change to the operator, or to the commands in it
	@KUBEBUILDER_ASSETS=$$(hack/kube-binaries.sh) && export KUBEBUILDER_ASSETS && \
	  $(MVN) -q verify -pl operator -am -Dtest=NONE -Dit.test=KubectlTourIT -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false \
	    -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip -Dspotless.check.skip

docs-dependencies: ## write docs/reference/dependencies.md again after a change to what the operator ships
	@$(MVN) -q verify -pl local -am -Dtest=NONE -Dit.test=DependenciesIT -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip -Dspotless.check.skip

image-layout: ## target/image: what is in the container image, made without a container engine
	@$(PACKAGE) -pl operator,simulator -am $(MVN_FLAGS) && hack/image-layout.sh

image: image-layout ## target/image/elasticache-operator-oci.tar: the container image, made without a container engine
	@hack/oci-image.sh

release: image ## target/release: jars, image, chart, manifests, SBOM, licences, checksums
	@hack/release.sh

format: ## format all Java sources
	@$(MVN) -q spotless:apply

kube-binaries: ## get kube-apiserver, etcd and kubectl: found, else built from Go modules (about 3 minutes, once)
	@hack/kube-binaries.sh

helm-binary: ## get Helm: built from its Go module (about a minute, once)
	@hack/helm-binary.sh

argocd-binary: ## get Argo CD: built from its Go module (about 3 minutes, once)
	@hack/argocd-binary.sh
