package import Operators

/// Why a source cannot be planned.
package enum InputPlanError: Error, Sendable, Equatable {
  /// A file is at fault.
  case source(SourceError)
  /// The topology names columns that the files do not have; all of them, in the order given.
  case unknownColumns([UnknownColumn])
}
