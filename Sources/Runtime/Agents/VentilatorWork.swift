package import Operators
package import PipelineCore

/// What a ventilator needs for a run.
package struct VentilatorWork: Sendable {
  /// The stage's operators and the source's files.
  package var specification: StageSpecification
  /// Opens the source; called on the ventilator's thread.
  package var openSource: @Sendable () throws -> any PartitionSource
  package var byReference: ReferencePolicy
  /// Whether bytes of files travel compressed.
  package var compresses = false
  package var configuration: VentilatorConfiguration
  /// Where partitions that are given up go; nothing else of it is used.
  package var storage: RunStorage

  package init(
    specification: StageSpecification,
    openSource: @escaping @Sendable () throws -> any PartitionSource,
    byReference: ReferencePolicy, configuration: VentilatorConfiguration, storage: RunStorage
  ) {
    self.specification = specification
    self.openSource = openSource
    self.byReference = byReference
    self.configuration = configuration
    self.storage = storage
  }
}
