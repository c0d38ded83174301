import Access
import Foundation
import Synchronization
import Topology
import Wire

/// Loads a topology here and keeps what loading read, so that it can be loaded again elsewhere.
final class SubmissionRecorder: Sendable {
  private struct Record {
    var files: [Submission.File] = []
    var variables: [Submission.Variable] = []
  }

  private let record = Mutex(Record())
  private let environment: [String: String]
  /// Folders with the slash that ends them: where paths count as being, and where they are.
  private let base: String
  private let folder: String
  /// The folder as the user wrote it.
  private let shown: String
  private let path: String

  /// - Parameters:
  ///   - path: the topology on this host.
  ///   - base: the folder, as the cluster's hosts know it, at which relative paths within the topology
  ///     begin; absolute. `nil`: the folder of `path`.
  /// - Throws: ``Rejection``.
  init(path: String, base: String?, environment: [String: String]) throws(Rejection) {
    let file = URL(fileURLWithPath: path).standardizedFileURL.path
    let folder = (file as NSString).deletingLastPathComponent
    if let base, !base.hasPrefix("/") {
      throw Rejection(
        "--base: error: \(base) is not absolute; give the folder as the cluster's hosts know it")
    }
    // A topology has no business with this process's own key.
    self.environment = environment.filter { $0.key != NodeKey.contentVariable }
    self.folder = folder.hasSuffix("/") ? folder : folder + "/"
    shown = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let wanted = base ?? folder
    self.base = wanted.hasSuffix("/") ? wanted : wanted + "/"
    self.path = self.base + (file as NSString).lastPathComponent
  }

  /// Reads and validates the topology.
  ///
  /// - Throws: ``Rejection`` with the places as this host has them.
  func submission(overrides: [String]) throws(Rejection) -> Submission {
    let host = Topology.Surroundings.host(environment: environment)
    let surroundings = Topology.Surroundings(
      read: { path, limit throws(Topology.Surroundings.Refusal) in
        let content = try host.read(self.here(path), limit)
        self.keep(path, content)
        return content
      }, canonical: { host.canonical(self.here($0)) },
      variable: { name in
        let value = host.variable(name)
        if let value { self.keep(name, value) }
        return value
      })
    do throws(TopologyErrors) {
      _ = try Topology.load(
        path: path, overrides: overrides, surroundings: surroundings, processorCount: 1)
    } catch {
      throw Rejection(
        error.errors.map { error in
          var error = error
          if error.file.hasPrefix(base) {
            error.position.file = shown + error.file.dropFirst(base.count)
          }
          return error.description
        })
    }
    return record.withLock { record in
      Submission(files: record.files, environment: record.variables, overrides: overrides)
    }
  }

  /// Where a file is on this host.
  private func here(_ path: String) -> String {
    path.hasPrefix(base) ? folder + path.dropFirst(base.count) : path
  }

  private func keep(_ path: String, _ content: [UInt8]) {
    record.withLock { record in
      guard !record.files.contains(where: { $0.path == path }) else { return }
      record.files.append(Submission.File(path: path, content: content))
    }
  }

  private func keep(_ name: String, _ value: String) {
    record.withLock { record in
      guard !record.variables.contains(where: { $0.name == name }) else { return }
      record.variables.append(Submission.Variable(name: name, value: value))
    }
  }
}
