{{- define "elasticache-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "elasticache-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "elasticache-operator.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "elasticache-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "elasticache-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "elasticache-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "elasticache-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "elasticache-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "elasticache-operator.fullname" .) .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else -}}
{{- fail "serviceAccount.create is false: set serviceAccount.name to the account that the operator runs as" -}}
{{- end -}}
{{- end -}}

{{- define "elasticache-operator.leaseName" -}}
{{- default (include "elasticache-operator.fullname" .) .Values.leaderElection.leaseName -}}
{{- end -}}

{{- define "elasticache-operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* "true" where the operator watches every namespace, and only then may anything cluster-wide be rendered. */ -}}
{{- define "elasticache-operator.clusterWide" -}}
{{- if not .Values.watch.namespaces -}}true{{- end -}}
{{- end -}}

{{- /* What the schema cannot say: rules between values. Each message names the value to change. */ -}}
{{- define "elasticache-operator.checkValues" -}}
{{- if and .Values.watch.namespaces (not .Values.clusterName) -}}
{{- fail "watch.namespaces is set: set clusterName too. Its default is the UID of namespace kube-system, which an operator without cluster-wide rights cannot read" -}}
{{- end -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection.enabled) -}}
{{- fail "leaderElection.enabled is false: set replicas: 1, for two operators without a leader would write over each other" -}}
{{- end -}}
{{- if and .Values.defaults.subnetIds .Values.defaults.subnetSelector -}}
{{- fail "defaults.subnetIds and defaults.subnetSelector: keep one" -}}
{{- end -}}
{{- range $i, $source := .Values.defaults.allowFrom -}}
{{- if has (default "" $source.cidr) (list "0.0.0.0/0" "::/0") -}}
{{- fail (printf "defaults.allowFrom[%d].cidr: %s is the whole world: name the networks that need the caches" $i $source.cidr) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
The kinds that the chart's CRDs define, as {"kinds": [{"plural", "scale"}], "names": [...]}: RBAC follows the CRDs, so a new kind needs no edit
here.
*/ -}}
{{- define "elasticache-operator.kinds" -}}
{{- $kinds := list -}}
{{- $names := list -}}
{{- range $path, $bytes := .Files.Glob "files/crds/*.yaml" -}}
{{- $crd := fromYaml (toString $bytes) -}}
{{- $scale := false -}}
{{- range $crd.spec.versions -}}
{{- if and .subresources (hasKey .subresources "scale") -}}{{- $scale = true -}}{{- end -}}
{{- end -}}
{{- $kinds = append $kinds (dict "plural" $crd.spec.names.plural "scale" $scale) -}}
{{- $names = append $names $crd.metadata.name -}}
{{- end -}}
{{- toYaml (dict "kinds" $kinds "names" $names) -}}
{{- end -}}

{{- /* What the operator may do in a namespace that it watches: the same rules for one ClusterRole and for a Role per namespace. */ -}}
{{- define "elasticache-operator.watchRules" -}}
{{- $crds := fromYaml (include "elasticache-operator.kinds" .) -}}
- apiGroups: [cacheoperator.io]
  resources:
    {{- range $crds.kinds }}
    - {{ .plural }}
    {{- end }}
  verbs: [get, list, watch, patch]
- apiGroups: [cacheoperator.io]
  resources:
    {{- range $crds.kinds }}
    - {{ .plural }}/status
    {{- end }}
  verbs: [patch]
# Connection and token Secrets. RBAC cannot select by label: the operator itself watches only those labelled cacheoperator.io/secret.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [get, create, patch]
{{- end -}}

{{- /* The operator's own configuration file. Only what is given is written: the built-in defaults live in one place, the operator. */ -}}
{{- define "elasticache-operator.config" -}}
{{- $config := dict "poll" .Values.poll "probe" .Values.probe "http" .Values.http "logging" .Values.logging "reconcileThreads" .Values.reconcileThreads -}}
{{- if .Values.clusterName -}}{{- $_ := set $config "clusterName" .Values.clusterName -}}{{- end -}}
{{- if .Values.region -}}{{- $_ := set $config "region" .Values.region -}}{{- end -}}
{{- if .Values.watch.namespaces -}}{{- $_ := set $config "watchNamespaces" .Values.watch.namespaces -}}{{- end -}}
{{- $defaults := dict -}}
{{- range $key, $value := .Values.defaults -}}
{{- if $value -}}{{- $_ := set $defaults $key $value -}}{{- end -}}
{{- end -}}
{{- if $defaults -}}{{- $_ := set $config "defaults" $defaults -}}{{- end -}}
{{- if .Values.allow -}}{{- $_ := set $config "allow" .Values.allow -}}{{- end -}}
{{- $election := dict "enabled" .Values.leaderElection.enabled -}}
{{- if .Values.leaderElection.enabled -}}
{{- $_ := set $election "leaseName" (include "elasticache-operator.leaseName" .) -}}
{{- $_ := set $election "leaseNamespace" .Release.Namespace -}}
{{- end -}}
{{- $_ := set $config "leaderElection" $election -}}
{{- toYaml $config -}}
{{- end -}}
