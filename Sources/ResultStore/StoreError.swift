/// Why the result store cannot do what it should: what happened, where, why, and what to do.
package struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure this is.
  package enum Code: Sendable, Equatable {
    /// There is no room: the file system is full, or a quota or a limit on file sizes is used up.
    case full
    /// The disk or the file system could not do its work.
    case disk
    /// The place may not be used like this: permissions, a read-only file system, no directory.
    case place
    /// There is no such file.
    case missing
    /// Bytes are not what was written.
    case damaged
    /// A segment was written by a version of Millrace with another format.
    case version
    /// A segment belongs to another run, another stage or another place in the store.
    case foreign
  }

  /// What kind of failure this is.
  package var code: Code
  /// The file or directory.
  package var path: String
  /// What happened, and why, without the path.
  package var cause: String
  /// What to do about it.
  package var remedy: String

  /// Describes a failure.
  package init(_ code: Code, path: String, _ cause: String, remedy: String) {
    self.code = code
    self.path = path
    self.cause = cause
    self.remedy = remedy
  }

  /// All of it in one line.
  package var description: String { "\(path): \(cause); \(remedy)" }
}
