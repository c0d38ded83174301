import Access
import Testing
import ZeroMQ

@Suite("A change of the list counts within an interval")
struct AllowListWatchTests {
  private let directory: TestDirectory
  private let start = ContinuousClock.now

  init() throws { directory = try TestDirectory() }

  private func after(_ intervals: Int) -> ContinuousClock.Instant {
    start + .milliseconds(250 * intervals)
  }

  private func watch(_ keys: KeyDirectory) throws -> AllowListWatch {
    try AllowListWatch(path: keys.allowList, interval: .milliseconds(250), at: start)
  }

  @Test("who is added and who is revoked is told once")
  func changes() throws {
    let keys = try directory.keys("a")
    var watch = try watch(keys)
    let a = try #require(watch.list.entries.first)
    #expect(watch.look(at: after(1)) == .unchanged)
    try keys.add(NodeName("b"))
    let b = try #require(try AllowList.read(path: keys.allowList).entries.last)
    #expect(watch.look(at: after(2)) == .changed(added: [b], removed: []))
    #expect(watch.look(at: after(3)) == .unchanged)
    #expect(watch.list.keys == [a.key, b.key])
    try keys.revoke(NodeName("a"))
    #expect(watch.look(at: after(4)) == .changed(added: [], removed: [a]))
    try keys.revoke(NodeName("b"))
    try keys.add(NodeName("b"))
    let new = try #require(try AllowList.read(path: keys.allowList).entries.last)
    #expect(new.key != b.key)
    #expect(watch.look(at: after(5)) == .changed(added: [new], removed: [b]))
    #expect(watch.look(at: after(6)) == .unchanged)
    #expect(watch.list.keys == [new.key])
  }

  @Test("it looks once in an interval")
  func interval() throws {
    let keys = try directory.keys("a")
    var watch = try watch(keys)
    try keys.revoke(NodeName("a"))
    #expect(watch.look(at: start) == .unchanged)
    #expect(watch.look(at: after(1) - .nanoseconds(1)) == .unchanged)
    #expect(watch.look(at: after(1)) != .unchanged)
    try keys.add(NodeName("a"))
    #expect(watch.look(at: after(2) - .nanoseconds(1)) == .unchanged)
    #expect(watch.look(at: after(2)) != .unchanged)
  }

  @Test("changes in place of the same size are seen, however fast they follow")
  func inPlace() throws {
    let pairs = try (0..<50).map { _ in try CurveKeyPair.generate().publicKey }
    let path = try directory.write("allowed", "a \(pairs[0])\n")
    var watch = try AllowListWatch(path: path, interval: .milliseconds(250), at: start)
    for (index, key) in pairs.enumerated().dropFirst() {
      try directory.write("allowed", "a \(key)\n")
      #expect(watch.look(at: after(index)) != .unchanged)
      #expect(watch.list.keys == [key])
    }
  }

  @Test("a list that cannot be read is told once, and who got in still does")
  func failure() throws {
    let keys = try directory.keys("a")
    var watch = try watch(keys)
    let good = try content(keys.allowList)
    try directory.write("keys/allowed", "nonsense")
    guard case .failed(let error) = watch.look(at: after(1)) else {
      Issue.record("it did not fail")
      return
    }
    #expect(error.code == .malformed)
    #expect(watch.look(at: after(2)) == .unchanged)
    #expect(watch.list.entries.map(\.name.text) == ["a"])
    try setMode(0o666, of: keys.allowList)
    if case .failed(let error) = watch.look(at: after(3)) {
      #expect(error.code == .insecure)
    } else {
      Issue.record("it did not fail")
    }
    try directory.write("keys/allowed", good)
    #expect(watch.look(at: after(4)) == .unchanged)
    try directory.write("keys/allowed", "nonsense")
    #expect(watch.look(at: after(5)) == .failed(error))
    try directory.write("keys/allowed", "")
    #expect(watch.look(at: after(6)) != .unchanged)
    #expect(watch.list.keys.isEmpty)
  }

  @Test("a list that is not there from the start is an error")
  func missing() {
    let error = accessError {
      _ = try AllowListWatch(path: "\(directory.path)/none", interval: .seconds(1))
    }
    #expect(error?.code == .notFound)
  }
}
