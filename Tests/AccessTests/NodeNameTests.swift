import Access
import Testing

@Suite("Names of nodes are short and plain")
struct NodeNameTests {
  @Test(
    "a name of letters, digits and hyphens is taken",
    arguments: ["a", "worker", "worker-2", "0", "-", String(repeating: "x", count: 64)])
  func taken(text: String) throws {
    #expect(try NodeName(text).text == text)
  }

  @Test(
    "anything else is refused in words",
    arguments: [
      "", "Worker", "a b", "a/b", "..", "../x", "a.key", "é", "a\n", "a_b",
      String(repeating: "x", count: 65),
    ])
  func refused(text: String) {
    let error = #expect(throws: AccessError.self) { _ = try NodeName(text) }
    #expect(error?.code == .invalidName)
    #expect(error?.description.contains("a-z, 0-9 and -") == true)
    #expect(error?.description.contains("\n") == false)
  }
}
