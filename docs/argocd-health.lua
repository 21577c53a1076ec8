-- Health of a CacheCluster for Argo CD. Goes into ConfigMap argocd-cm under resource.customizations.health.cacheoperator.io_CacheCluster;
-- docs/gitops.md says how. Without it Argo CD calls every custom resource healthy.
local hs = {}

local function finding(status, message)
  hs.status = status
  hs.message = message
  return hs
end

local status = obj.status
if status == nil or status.conditions == nil then
  return finding("Progressing", "Waits for the operator")
end

local by = {}
for _, condition in ipairs(status.conditions) do
  by[condition.type] = condition
end

local function is(kind, value)
  return by[kind] ~= nil and by[kind].status == value
end

local function text(kind)
  local condition = by[kind]
  if condition == nil then
    return ""
  end
  if condition.message ~= nil and condition.message ~= "" then
    return condition.message
  end
  return condition.reason or ""
end

-- Argo CD itself calls everything that is being deleted Progressing, and does not ask here.

-- What is said of an older spec says nothing of this one.
if obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation then
  return finding("Progressing", "The operator has not seen the newest spec yet")
end

local annotations = obj.metadata.annotations
if annotations ~= nil and annotations["cacheoperator.io/paused"] == "true" then
  return finding("Suspended", "Paused by annotation cacheoperator.io/paused")
end

if is("Stalled", "True") then
  return finding("Degraded", text("Stalled"))
end
if is("Reconciling", "True") then
  return finding("Progressing", text("Reconciling"))
end
if is("Ready", "True") then
  -- A step that waits for its window, or that this version only shows: the cache serves.
  if is("PlanPending", "True") then
    return finding("Suspended", text("PlanPending"))
  end
  if is("Synced", "False") then
    return finding("Healthy", text("Synced"))
  end
  return finding("Healthy", text("Ready"))
end
if is("Ready", "False") and by["Ready"].reason == "AwsError" then
  return finding("Degraded", text("Ready"))
end
return finding("Progressing", text("Ready"))
