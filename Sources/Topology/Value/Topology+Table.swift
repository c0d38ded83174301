extension Topology {
  /// A small file that SQL may join with the source: read whole, and sent once to each worker.
  package struct Table: Sendable, Equatable {
    /// What queries call it: a lower-case SQL name.
    package internal(set) var name: String
    /// Its one file and how it is read.
    package internal(set) var source: FileSource
    /// Where the name is written.
    package internal(set) var position: TopologyPosition
  }
}
