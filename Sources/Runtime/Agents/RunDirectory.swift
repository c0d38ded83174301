package import PipelineCore

/// Where the agents of a cluster get what a run needs.
///
/// Its calls come from the thread of an agent, may block it, and must give up after a limited time.
package protocol RunDirectory: Sendable {
  /// What the ventilator needs; the run is planned first where it is not.
  ///
  /// - Throws: ``PlanRejection`` when the topology is at fault, which fails the run; anything else is
  ///   told and tried again.
  func planned(_ run: RunID) throws -> VentilatorWork

  /// What the sink needs, or `nil` while the run is not planned.
  ///
  /// - Throws: as ``planned(_:)``.
  func sinkWork(_ run: RunID) throws -> SinkWork?

  /// Takes the output of a run that is complete: what was captured of it, which is nothing for a file.
  /// Nobody has heard yet that the run has finished.
  ///
  /// - Throws: anything, which is told; the same is called again.
  func finished(_ run: RunID, captured: [UInt8]) throws
}

/// Why a run cannot be carried out, whoever tries.
package struct PlanRejection: Error, Sendable, Equatable {
  package var failure: Failure

  package init(_ failure: Failure) { self.failure = failure }
}
