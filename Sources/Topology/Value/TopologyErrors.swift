/// Everything wrong with a topology, in the order of the places: the file itself, the files it
/// includes in the order they were read, then overrides.
package struct TopologyErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// The errors; never empty.
  package let errors: [TopologyError]

  /// Bundles errors that are in order already.
  package init(_ errors: [TopologyError]) {
    precondition(!errors.isEmpty, "TopologyErrors without an error")
    self.errors = errors
  }

  /// One error.
  package init(_ message: String, at position: TopologyPosition) {
    self.init([TopologyError(message, at: position)])
  }

  /// One line for each error, in order.
  package var description: String {
    errors.map(\.description).joined(separator: "\n")
  }
}
