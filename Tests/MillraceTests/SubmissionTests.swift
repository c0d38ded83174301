import Foundation
import Testing
import Wire

@testable import Millrace
@testable import Topology

@Suite struct SubmissionTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write(
      """
      topology: delays
      source: { files: "data/*.csv" }
      use: ../common/clean.yaml
      stages:
        - { name: report, sql: "SELECT * FROM input WHERE a > ${LIMIT:-3}" }
      sink: { file: "out/${NAME}.csv" }
      """, to: "here/t.yaml")
    try directory.write(
      "stages: [{ name: clean, sql: SELECT 1 AS a }]", to: "common/clean.yaml")
  }

  private var environment: [String: String] {
    ["NAME": "result", "OTHER": "x", "MILLRACE_KEY": "secret"]
  }

  private func recorder(base: String? = nil) throws -> SubmissionRecorder {
    try SubmissionRecorder(
      path: directory.path + "/here/t.yaml", base: base, environment: environment)
  }

  @Test func aSubmissionLoadsAgainWithoutTheSendersFiles() throws {
    let submission = try recorder().submission(overrides: ["workers=3"])
    let here = try Topology.load(
      path: directory.path + "/here/t.yaml", overrides: ["workers=3"], environment: environment,
      processorCount: 1)
    try FileManager.default.removeItem(atPath: directory.path + "/here")
    try FileManager.default.removeItem(atPath: directory.path + "/common")
    #expect(try submission.topology() == here)
  }

  @Test func itHoldsWhatWasReadAndNothingElse() throws {
    let submission = try recorder().submission(overrides: [])
    #expect(
      submission.files.map(\.path) == [
        directory.path + "/here/t.yaml", directory.path + "/here/../common/clean.yaml",
      ])
    #expect(submission.environment == [.init(name: "NAME", value: "result")])
  }

  @Test func aBaseIsWhereRelativePathsBegin() throws {
    let submission = try recorder(base: "/data").submission(overrides: [])
    let topology = try submission.topology()
    #expect(topology.file == "/data/t.yaml")
    guard case .file(let sink) = topology.sink, case .files(let source) = topology.source else {
      Issue.record("not files")
      return
    }
    #expect(sink.path == "/data/out/result.csv")
    #expect(source.patterns.map(\.folder) == ["/data/"])
    #expect { try recorder(base: "data") } throws: { "\($0)".contains("data is not absolute") }
  }

  @Test func itsOwnKeyIsNoVariableOfATopology() throws {
    try directory.write(
      "topology: t\nsource: { range: { from: 0, to: 9 } }\nstages: [{ name: \"${MILLRACE_KEY}\" }]",
      to: "here/t.yaml")
    #expect { try recorder().submission(overrides: []) } throws: {
      "\($0)".contains("environment variable 'MILLRACE_KEY' is not set")
        && !"\($0)".contains("secret")
    }
  }

  @Test func mistakesHaveThePlacesThatTheUserKnows() throws {
    try directory.write("topology: t\nsource: { range: { form: 0 } }", to: "here/t.yaml")
    #expect { try recorder(base: "/data").submission(overrides: []) } throws: {
      "\($0)".contains(directory.path + "/here/t.yaml:2:20: error: unknown key 'form'")
    }
  }

  @Test func aSubmissionThatLacksAFileIsRejected() throws {
    var submission = try recorder().submission(overrides: [])
    submission.files.removeLast()
    #expect { try submission.topology() } throws: {
      "\($0)".contains("the submission does not hold it")
    }
  }

  @Test func hostileSubmissionsAreRejected() throws {
    let file = { (path: String, text: String) in
      Submission.File(path: path, content: Array(text.utf8))
    }
    let endless = Submission(
      files: [
        file("t.yaml", "topology: t\nsource: { range: { from: 0, to: 1 } }\nuse: a/../u.yaml"),
        file("a/../u.yaml", "use: a/../u.yaml"), file("a/../a/../u.yaml", "use: a/../u.yaml"),
      ], environment: [], overrides: [])
    #expect { try endless.topology() } throws: {
      "\($0)".contains("circle") || "\($0)".contains("deep") || "\($0)".contains("does not hold")
    }
    let garbage = Submission(
      files: [Submission.File(path: "t.yaml", content: [0xff, 0, 1])], environment: [],
      overrides: ["="])
    #expect(throws: Rejection.self) { try garbage.topology() }
  }
}
