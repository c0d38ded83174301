import Foundation
import Testing
import Wire

@testable import Millrace

@Suite struct ClusterStoreTests {
  let directory: TemporaryDirectory
  var state: String { directory.path + "/a/state" }

  init() throws { directory = try TemporaryDirectory() }

  static let submission = Submission(
    files: [.init(path: "/t.yaml", content: [1, 2])], environment: [.init(name: "A", value: "b")],
    overrides: ["workers=2"])

  @Test func whatWasSubmittedIsThereAgainInItsOrder() throws {
    let store = try ClusterStore(directory: state)
    for number: UInt64 in [3, 1, 2] { try store.add(.test(number), Self.submission) }
    store.close()
    let again = try ClusterStore(directory: state)
    let loaded = try again.load()
    #expect(loaded.runs == [.test(1), .test(2), .test(3)])
    #expect(loaded.damage.isEmpty)
    #expect(try again.submission(of: loaded.runs[0].id) == Self.submission)
  }

  @Test func howARunEndedIsThereAgain() throws {
    let store = try ClusterStore(directory: state)
    var run = ClusterRun.test(1)
    try store.add(run, Self.submission)
    try store.keep(output: [7, 8], of: run.id)
    run.outcome = .test()
    try store.update(run)
    #expect(try store.load().runs == [run])
    #expect(try store.output(of: run.id) == [7, 8])
  }

  @Test func aRunIsRemovedWithAllThatIsKept() throws {
    let store = try ClusterStore(directory: state)
    let run = ClusterRun.test(1)
    try store.add(run, Self.submission)
    try store.remove(run.id)
    #expect(try store.load().runs.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: state + "/submissions").isEmpty)
    try store.remove(run.id)
    #expect(throws: ClusterError.self) { try store.submission(of: run.id) }
  }

  @Test func whatASubmissionThatWasCutShortHasLeftIsRemoved() throws {
    let store = try ClusterStore(directory: state)
    let left = state + "/submissions/.20261121-205612-delays-0001"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
    #expect(try store.load().runs.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: left))
    try store.add(.test(1), Self.submission)
  }

  @Test func damageIsToldAndTheOthersAreThere() throws {
    let store = try ClusterStore(directory: state)
    for number: UInt64 in [1, 2, 3] { try store.add(.test(number), Self.submission) }
    let submissions = state + "/submissions/"
    try Data("{}".utf8).write(
      to: URL(fileURLWithPath: submissions + ClusterRun.test(1).id + "/run.json"))
    try FileManager.default.moveItem(
      atPath: submissions + ClusterRun.test(2).id, toPath: submissions + "something")
    let loaded = try store.load()
    #expect(loaded.runs == [.test(3)])
    #expect(loaded.damage.count == 2)
    #expect(
      loaded.damage.allSatisfy { $0.hasPrefix(submissions) && $0.contains("remove the directory") })
  }

  @Test func twoSupervisorsCannotShareADirectory() throws {
    let store = try ClusterStore(directory: state)
    #expect { try ClusterStore(directory: state) } throws: {
      "\($0)".contains("another supervisor that is alive") && "\($0)".contains("--state")
    }
    store.close()
    _ = try ClusterStore(directory: state)
  }

  @Test func aPlaceThatIsNoDirectoryIsNamed() throws {
    let file = try directory.write("", to: "file")
    #expect { try ClusterStore(directory: file) } throws: { "\($0)".contains("it is no directory") }
    #expect { try ClusterStore(directory: file + "/below") } throws: { "\($0)".contains(file) }
  }
}
