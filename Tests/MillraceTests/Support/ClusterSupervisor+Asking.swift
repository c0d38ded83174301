import Logging
import PipelineCore
import Synchronization
import Wire

@testable import Millrace

extension ClusterSupervisor {
  /// A supervisor that says nothing.
  static func quiet(_ directory: String) throws -> ClusterSupervisor {
    var log = Logger(label: "test")
    log.logLevel = .critical
    return try ClusterSupervisor(directory: directory, log: log)
  }

  /// Submits a run.
  ///
  /// - Returns: its id.
  func submit(token: UInt64, _ name: String = "sums") throws -> String {
    guard case .accepted(let id) = answer(.submit(.sums(name), token: token)) else {
      throw ClusterError("not accepted")
    }
    return id
  }

  /// How a run stands.
  func standing(_ run: String) throws -> Response.Standing {
    guard case .standing(let standing) = answer(.standing(run: run)) else {
      throw ClusterError("no standing")
    }
    return standing
  }

  /// What happened in a run.
  func logs(_ run: String, after: UInt64 = 0, json: Bool = false) throws -> Response.Lines {
    guard case .lines(let lines) = answer(.logs(run: run, after: after, json: json)) else {
      throw ClusterError("no lines")
    }
    return lines
  }

  /// The run as messages name it.
  func number(_ id: String) throws -> RunID {
    try state.withLock { state in try state.core.find(id).run }
  }
}

extension Submission {
  /// A topology that sums numbers up.
  static func sums(_ name: String = "sums") -> Submission {
    let text = """
      topology: \(name)
      source: { range: { from: 0, to: 1000 }, partition: 100 }
      stages: [{ name: sum, sql: SELECT sum(value) AS s FROM input }]
      """
    return Submission(
      files: [.init(path: "/t.yaml", content: Array(text.utf8))], environment: [], overrides: [])
  }
}

extension Plan {
  /// What a ventilator makes of ``Submission/sums(_:)``.
  static func test(_ run: RunID, _ fingerprint: String = "0123456789abcdef") -> Plan {
    Plan(
      fingerprint: fingerprint, json: "{\"files\":[\"/a.csv\"]}",
      specification: StageSpecification(
        run: run, stage: 0, name: "sum", steps: [.init(operator: "sql", configuration: [])],
        files: []
      ).encoded())
  }
}
