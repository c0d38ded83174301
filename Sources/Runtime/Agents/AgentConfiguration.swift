package import PipelineCore

/// What a node of a cluster must be told.
package struct AgentConfiguration: Sendable {
  package var node: NodeID
  /// A name for people.
  package var name: String
  /// The one address that it must know.
  package var supervisor: SupervisorAddress
  package var transport: Transport
  /// Time between two beats.
  package var beatInterval: Span
  /// Threads that move, encrypt and decrypt bytes, 1...64.
  package var ioThreads: Int

  package init(
    node: NodeID, name: String, supervisor: SupervisorAddress, transport: Transport,
    beatInterval: Span = .seconds(1), ioThreads: Int = 2
  ) {
    self.node = node
    self.name = name
    self.supervisor = supervisor
    self.transport = transport
    self.beatInterval = beatInterval
    self.ioThreads = ioThreads
  }
}
