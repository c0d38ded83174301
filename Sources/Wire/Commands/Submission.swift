/// A topology as its sender read it: it is loaded elsewhere without any of the sender's files.
package struct Submission: Sendable, Equatable {
  /// A file that loading read.
  package struct File: Sendable, Equatable {
    /// As the topology names it, joined to the folder of the file that does.
    package var path: String
    package var content: [UInt8]

    package init(path: String, content: [UInt8]) {
      self.path = path
      self.content = content
    }
  }

  /// An environment variable that loading asked for and that is set.
  package struct Variable: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The topology, then the files that it uses, in the order of their use: 1 to 101, each path once.
  /// Relative paths within the topology begin at the folder of the first path.
  package var files: [File]
  /// Each name once.
  package var environment: [Variable]
  /// What `--set` was given, in order.
  package var overrides: [String]

  package init(files: [File], environment: [Variable], overrides: [String]) {
    self.files = files
    self.environment = environment
    self.overrides = overrides
  }
}
