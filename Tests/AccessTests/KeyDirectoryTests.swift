import Access
import Foundation
import Testing
import ZeroMQ

@Suite("A directory of keys is made once, added to and revoked from")
struct KeyDirectoryTests {
  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  @Test("keys are made for the supervisor and the nodes, for nobody else to read")
  func creation() throws {
    let keys = try directory.keys("ventilator", "sink")
    #expect(
      try names(keys.path) == ["allowed", "sink.key", "supervisor.key", "ventilator.key"])
    #expect(try mode(keys.path) == 0o700)
    for name in try names(keys.path) { #expect(try mode("\(keys.path)/\(name)") == 0o600) }
    let supervisor = try keys.loadSupervisor()
    #expect(supervisor.isSupervisor)
    let sink = try NodeKey.load(path: keys.keyFile(of: NodeName("sink")))
    #expect(sink.supervisor == supervisor.pair.publicKey)
    #expect(!sink.isSupervisor)
    let list = try AllowList.read(path: keys.allowList)
    #expect(list.entries.map(\.name.text) == ["ventilator", "sink"])
    #expect(list.name(of: sink.pair.publicKey)?.text == "sink")
    #expect(list.name(of: supervisor.supervisor) == nil)
    #expect(
      try content(keys.keyFile(of: NodeName("sink"))).hasPrefix("# Millrace key of node sink"))
  }

  @Test("keys that are there are not changed")
  func again() throws {
    let keys = try directory.keys("a")
    let before = try names(keys.path).map { try content("\(keys.path)/\($0)") }
    #expect(try keys.create(nodes: []) == false)
    #expect(try keys.create(nodes: [NodeName("a"), NodeName("b")]) == false)
    #expect(try names(keys.path).map { try content("\(keys.path)/\($0)") } == before)
  }

  @Test("an empty directory that was there becomes private; one that holds other things is refused")
  func existing() throws {
    let path = "\(directory.path)/volume"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    #expect(try KeyDirectory(path: path + "/").create(nodes: []))
    #expect(try mode(path) == 0o700)

    try directory.write("note", "")
    let error = accessError { _ = try KeyDirectory(path: directory.path).create(nodes: []) }
    #expect(error?.code == .exists)
    let orphan = accessError { _ = try KeyDirectory(path: "/nonexistent/a").create(nodes: []) }
    #expect(orphan?.code == .notFound)
  }

  @Test("a making that was broken off is begun anew; until then nobody takes it for finished")
  func brokenOff() throws {
    let keys = try directory.keys("a", "b")
    try directory.write("keys/.unfinished", "")
    try directory.write("keys/allowed.17.new", "")
    #expect(
      accessError { _ = try keys.loadSupervisor() }?.remedy == "millrace keys init \(keys.path)")
    #expect(accessError { try keys.add(NodeName("c")) }?.code == .notFound)
    #expect(try keys.create(nodes: [NodeName("a")]))
    #expect(try names(keys.path) == ["a.key", "allowed", "supervisor.key"])
    #expect(
      try NodeKey.load(path: keys.keyFile(of: NodeName("a"))).supervisor
        == keys.loadSupervisor().supervisor)
  }

  @Test("a node is added and revoked; comments and the others stay")
  func addAndRevoke() throws {
    let keys = try directory.keys("a")
    let commented = try content(keys.allowList) + "# by hand\n"
    try directory.write("keys/allowed", commented)
    let path = try keys.add(NodeName("b"))
    #expect(try mode(path) == 0o600)
    let b = try NodeKey.load(path: path)
    #expect(try content(keys.allowList) == commented + "b \(b.pair.publicKey)\n")
    #expect(try keys.revoke(NodeName("a")).name.text == "a")
    #expect(!FileManager.default.fileExists(atPath: keys.keyFile(of: try NodeName("a"))))
    #expect(try AllowList.read(path: keys.allowList).entries.map(\.name.text) == ["b"])
    #expect(try content(keys.allowList).contains("# by hand\n"))
    #expect(try mode(keys.allowList) == 0o600)
    #expect(try names(keys.path) == ["allowed", "b.key", "supervisor.key"])
  }

  @Test("what cannot be added or revoked is refused in words, and nothing changes")
  func refused() throws {
    let keys = try directory.keys("a")
    try directory.write("keys/lost.key", "somebody's")
    let before = try names(keys.path).map { try content("\(keys.path)/\($0)") }
    let twice = accessError { try keys.add(NodeName("a")) }
    #expect(twice?.code == .exists)
    #expect(twice?.remedy.contains("millrace keys revoke a") == true)
    #expect(accessError { try keys.add(NodeName("lost")) }?.code == .exists)
    #expect(accessError { try keys.add(.supervisor) }?.code == .invalidName)
    #expect(accessError { try keys.revoke(.supervisor) }?.code == .invalidName)
    #expect(accessError { try keys.revoke(NodeName("b")) }?.code == .notFound)
    #expect(try names(keys.path).map { try content("\(keys.path)/\($0)") } == before)
    let other = KeyDirectory(path: "\(directory.path)/other")
    let error = accessError { try other.add(NodeName("a")) }
    #expect(error?.remedy == "millrace keys init \(other.path)")
    for names in [["a", "a"], ["supervisor"]] {
      #expect(
        accessError { _ = try other.create(nodes: names.map { try NodeName($0) }) }?.code
          == .invalidName)
    }
    #expect(!FileManager.default.fileExists(atPath: other.path))
  }

  @Test("a node's key in the supervisor's place is refused")
  func wrongFile() throws {
    let keys = try directory.keys("a")
    try directory.write("keys/supervisor.key", try content(keys.keyFile(of: NodeName("a"))))
    #expect(accessError { _ = try keys.loadSupervisor() }?.code == .malformed)
    try setMode(0o640, of: keys.supervisorKey)
    #expect(accessError { _ = try keys.loadSupervisor() }?.code == .insecure)
  }

  @Test("many at once lose nobody")
  func concurrent() async throws {
    let keys = try directory.keys()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<20 {
        group.addTask { _ = try keys.add(NodeName("n\(index)")) }
      }
      try await group.waitForAll()
    }
    let list = try AllowList.read(path: keys.allowList)
    #expect(Set(list.entries.map(\.name.text)) == Set((0..<20).map { "n\($0)" }))
    for entry in list.entries {
      #expect(try NodeKey.load(path: keys.keyFile(of: entry.name)).pair.publicKey == entry.key)
    }
  }
}
