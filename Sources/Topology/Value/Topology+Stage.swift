extension Topology {
  /// One step of a topology.
  package struct Stage: Sendable, Equatable {
    /// The stage's name: 1 to 64 of `A-Z a-z 0-9 . _ -`.
    package internal(set) var name: String
    /// Where the stage is written.
    package internal(set) var position: TopologyPosition
    /// What it does.
    package internal(set) var work: Work
  }

  /// What a stage does.
  package enum Work: Sendable, Equatable {
    /// A query; the text maps positions in it to positions in the file.
    case sql(SourceText)
    /// An operator compiled into the binary.
    case `operator`(OperatorCall)
  }

  /// An operator and what it is told.
  package struct OperatorCall: Sendable, Equatable {
    /// The operator's name; whether the binary knows it is not checked here.
    package internal(set) var name: String
    /// Where the name is written.
    package internal(set) var position: TopologyPosition
    /// The configuration as one JSON text, or `nil` when there is none.
    package internal(set) var configuration: String?
  }
}
