/** Fields that Kustomize knows and a cluster may not use, each with the reason and the way to do it. */

/** Fields of kustomization.yaml. */
export const refusedFields: Readonly<Record<string, string>> = {
  labels:
    'they would end in the selectors of Deployments and in the peers of policies; patch the objects that need a label',
  commonLabels:
    'they would end in the selectors of Deployments and in the peers of policies; patch the objects that need a label',
  commonAnnotations: 'they would end in every pod and restart all of them; patch the objects that need an annotation',
  buildMetadata: 'it would change every object whenever a path of the repository or a version changes',
  bases: 'it is deprecated; list the overlay in resources',
  patchesStrategicMerge: 'it is deprecated; write the patch as an entry of patches, with path or patch',
  patchesJson6902: 'it is deprecated; write the operations as an entry of patches, with target and path or patch',
  imageTags: 'it is deprecated; use images',
  generatorOptions: 'it would change the names of all ConfigMaps, whose hashes restart the pods that read them',
  secretGenerator: 'values of Secrets belong in the cluster, never in git; choose one of overlays/secrets',
  helmCharts: 'a chart is fetched while rendering, and no check knows it; commit its objects as .yaml files',
  helmChartInflationGenerator:
    'a chart is fetched while rendering, and no check knows it; commit its objects as .yaml files',
  helmGlobals: 'there are no charts; commit objects as .yaml files',
  generators: 'plugins run programs; commit the objects as .yaml files',
  transformers: 'plugins run programs; use patches',
  validators: 'plugins run programs; npm start checks every render',
  replacements: 'they can change any field without a check; write the value as a patch or as a setting',
  vars: 'they can change any field without a check; write the value as a patch or as a setting',
  varReference: 'they can change any field without a check; write the value as a patch or as a setting',
  namePrefix: 'other names would be other objects, and claims and Secrets would be created anew',
  nameSuffix: 'other names would be other objects, and claims and Secrets would be created anew',
  crds: 'it changes how Kustomize treats kinds, in a way that no check knows',
  openapi: 'it changes how Kustomize merges patches, in a way that no check knows',
  configurations: 'it changes how Kustomize treats fields, in a way that no check knows',
  sortOptions: 'Argo CD orders objects by their waves',
  metadata: 'a cluster has the name of its folder',
};

/** Fields of the entries of lists, by the list. */
export const refusedEntryFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  configMapGenerator: {
    env: 'only literals can be checked; write the variables as literals',
    envs: 'only literals can be checked; write the variables as literals',
    namespace: 'all objects are in the namespace of the file',
    kvSources: 'plugins run programs; write literals',
  },
  patches: {
    options: 'a patch may change neither the kind nor the name of an object',
  },
  images: { tagSuffix: 'give the whole tag as newTag' },
};
