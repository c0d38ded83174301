import Testing
import Topology

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A topology that is right, with `source` and `more` put in; three lines stand before `source`.
func topologyText(
  source: String = "files: data/*.csv", stage: String = "sql: SELECT 1", more: String = ""
) -> String {
  """
  topology: test
  stages: [{ name: s, \(stage) }]
  source:
  \(source.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
  \(more)
  """
}

/// Loads a text as the file `t.yaml`.
func load(
  _ text: String, overrides: [String] = [], environment: [String: String] = [:]
) throws -> Topology {
  try Topology.load(
    bytes: Array(text.utf8), file: "t.yaml", overrides: overrides, environment: environment,
    processorCount: 3)
}

/// The errors of a text, one string each; empty when it is right.
func errors(
  of text: String, overrides: [String] = [], environment: [String: String] = [:]
) -> [String] {
  do {
    _ = try Topology.load(
      bytes: Array(text.utf8), file: "t.yaml", overrides: overrides, environment: environment,
      processorCount: 3)
    return []
  } catch {
    return error.errors.map(\.description)
  }
}

/// The files source of a text.
func fileSource(_ source: String) throws -> Topology.FileSource {
  guard case .files(let files) = try load(topologyText(source: source)).source else {
    throw UnexpectedValue()
  }
  return files
}

/// A value of another case than the test is about.
struct UnexpectedValue: Error {}

/// A folder of its own for one test, removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/millrace-topology-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw UnexpectedValue() }
    path = String(cString: made)
  }

  deinit {
    let status = remove(path)
    precondition(status == 0, "the test's folder \(path) cannot be removed: errno \(errno)")
  }

  /// Files and folders to remove again, the inner ones later.
  private var made: [String] = []

  @discardableResult
  func write(_ name: String, _ text: String = "a\n1\n") throws -> String {
    let file = path + "/" + name
    guard let stream = fopen(file, "w") else { throw UnexpectedValue() }
    fputs(text, stream)
    fclose(stream)
    made.append(file)
    return file
  }

  func makeFolder(_ name: String) throws {
    guard mkdir(path + "/" + name, 0o755) == 0 else { throw UnexpectedValue() }
    made.append(path + "/" + name)
  }

  func link(_ name: String, to target: String) throws {
    guard symlink(target, path + "/" + name) == 0 else { throw UnexpectedValue() }
    made.append(path + "/" + name)
  }

  /// Makes a FIFO.
  func makePipe(_ name: String) throws {
    guard mkfifo(path + "/" + name, 0o644) == 0 else { throw UnexpectedValue() }
    made.append(path + "/" + name)
  }

  /// Removes all that was made; called at the end of each test that uses the folder.
  func clear() {
    for entry in made.reversed() { remove(entry) }
    made = []
  }
}

/// Runs `body` in a folder of its own.
func withTemporaryFolder(_ body: (TemporaryFolder) throws -> Void) throws {
  let folder = try TemporaryFolder()
  defer { folder.clear() }
  try body(folder)
}
