import Access
import Testing
import ZeroMQ

@Suite("The list of those who get in")
struct AllowListTests {
  private let directory: TestDirectory
  private let first: CurvePublicKey
  private let second: CurvePublicKey

  init() throws {
    directory = try TestDirectory()
    first = try CurveKeyPair.generate().publicKey
    second = try CurveKeyPair.generate().publicKey
  }

  @Test("names and keys are read; comments and blank lines are skipped")
  func read() throws {
    let path = try directory.write(
      "allowed",
      "# nodes\n\nworker \(first)\n  # indented\n\tsink-2  \t\(second)  \r\n", mode: 0o644)
    let list = try AllowList.read(path: path)
    #expect(list.entries.map(\.name.text) == ["worker", "sink-2"])
    #expect(list.keys == [first, second])
    #expect(list.name(of: second)?.text == "sink-2")
    #expect(list.name(of: try CurveKeyPair.generate().publicKey) == nil)
    #expect(AllowList().keys.isEmpty)
    #expect(try AllowList.read(path: try directory.write("none", "")) == AllowList())
    let unended = try directory.write("unended", "worker \(first)")
    #expect(try AllowList.read(path: unended).keys == [first])
  }

  @Test("a line that is no entry is refused with its number")
  func malformed() throws {
    let cases = [
      ("worker", "allowed:1: this line is not `NAME PUBLICKEY`"),
      ("# x\nworker \(first) more", "allowed:2: this line is not"),
      ("Worker \(first)", "allowed:1: `Worker` is no name"),
      ("\(first) worker", "allowed:1: the first word of this line is no name"),
      ("worker \(first.z85.dropLast())", "allowed:1: the key of worker is not 40"),
      ("worker \(first)\nworker \(second)", "allowed:2: worker is on line 1 already"),
      ("worker \(first)\n\nother \(first)", "allowed:3: other has the same key as line 1"),
      ("\u{0}\u{1}", "allowed:1:"),
    ]
    for (text, reason) in cases {
      let path = try directory.write("allowed", text)
      let error = accessError { _ = try AllowList.read(path: path) }
      #expect(error?.code == .malformed)
      #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
      #expect(error?.remedy.isEmpty == false)
    }
  }

  @Test(
    "a list that others can change is refused with the remedy", arguments: [0o620, 0o602, 0o666])
  func writable(permissions: Int) throws {
    let path = try directory.write("allowed", "", mode: permissions)
    let error = accessError { _ = try AllowList.read(path: path) }
    #expect(error?.code == .insecure)
    #expect(error?.remedy == "chmod go-w \(path)")
  }

  @Test("a list beyond its limits is refused")
  func tooLarge() throws {
    let path = try directory.write("allowed", String(repeating: "# comment\n", count: 300_000))
    #expect(accessError { _ = try AllowList.read(path: path) }?.reason.contains("longer") == true)
    #expect(
      accessError { _ = try AllowList.read(path: "\(directory.path)/missing") }?.code == .notFound)
  }
}
