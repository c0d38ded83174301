import Foundation
import Ledger
import Testing

struct RunLockTests {
  @Test func isHeldOnce() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/lock"
    #expect(try RunLock.holder(path: path) == nil)
    let lock = try RunLock(path: path)
    #expect(try RunLock.holder(path: path)?.processID == getpid())
    let error = try #require(throws: LedgerError.self) { try RunLock(path: path) }
    #expect(error.code == .inUse)
    #expect(error.message.contains("carried out by process \(getpid()) on "))
    lock.release()
    lock.release()
    #expect(try RunLock.holder(path: path) == nil)
    _ = try RunLock(path: path)
  }

  @Test func endsWithItsObject() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/lock"
    do { _ = try RunLock(path: path) }
    #expect(try RunLock.holder(path: path) == nil)
  }

  @Test(arguments: ["", "garbage", "\0\0\0\0", "99999999999999999999 host\n"])
  func isReadWhateverTheFileSays(_ text: String) throws {
    let workspace = try Workspace()
    let path = workspace.path + "/lock"
    let lock = try RunLock(path: path)
    defer { lock.release() }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: [])
    #expect(try RunLock.holder(path: path)?.description == "another process")
  }

  /// Looking who holds a lock takes it for a moment; that must not turn away who wants it.
  @Test func isNotRefusedByThoseWhoLook() async throws {
    let workspace = try Workspace()
    let path = workspace.path + "/lock"
    try RunLock(path: path).release()
    try await withThrowingTaskGroup { group in
      for _ in 0..<3 {
        group.addTask { for _ in 0..<2000 { _ = try RunLock.holder(path: path) } }
      }
      for _ in 0..<500 { try RunLock(path: path).release() }
      try await group.waitForAll()
    }
  }

  @Test func isNotTakenByLink() throws {
    let workspace = try Workspace()
    let target = workspace.path + "/target"
    try Data("kept".utf8).write(to: URL(fileURLWithPath: target))
    let path = workspace.path + "/lock"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(throws: LedgerError.self) { try RunLock(path: path) }
    #expect(throws: LedgerError.self) { try RunLock.holder(path: path) }
    #expect(FileManager.default.contents(atPath: target) == Data("kept".utf8))
  }
}
