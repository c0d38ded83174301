extension Topology {
  /// Where loading gets what it needs beside its arguments: files and environment variables.
  ///
  /// A topology that was loaded in one place can be loaded again elsewhere from what was asked of these.
  package struct Surroundings: Sendable {
    /// Why a file cannot be had.
    package struct Refusal: Error {
      /// What is wrong and what to do, without the path.
      package var reason: String

      package init(_ reason: String) { self.reason = reason }
    }

    /// The bytes of a file, at most one more than `limit`.
    package var read: @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> [UInt8]
    /// The path without symbolic links, by which two paths are known as one file.
    package var canonical: @Sendable (_ path: String) -> String
    /// The value of an environment variable; `nil` when it is not set.
    package var variable: @Sendable (_ name: String) -> String?

    package init(
      read: @escaping @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> [UInt8],
      canonical: @escaping @Sendable (_ path: String) -> String,
      variable: @escaping @Sendable (_ name: String) -> String?
    ) {
      self.read = read
      self.canonical = canonical
      self.variable = variable
    }

    /// The files of this host, and these variables.
    package static func host(environment: [String: String]) -> Surroundings {
      Surroundings(
        read: { path, limit throws(Refusal) in
          do throws(FileText.Failure) {
            return try FileText.read(path, limit: limit)
          } catch {
            throw Refusal(error.reason)
          }
        }, canonical: { FilePath.canonical($0) }, variable: { environment[$0] })
    }
  }
}
