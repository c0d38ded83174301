import Testing

@testable import Ledger

struct RunIdentifierTests {
  @Test func saysWhenAndWhat() {
    let id = RunIdentifier.make(
      topology: "delays-by-carrier", created: 1_772_600_767_089, random: 0x0A3F)
    #expect(id == "20260304-050607-delays-by-carrier-0a3f")
    #expect(RunIdentifier.isValid(id))
  }

  @Test(arguments: [
    ("Größe der Züge", "gr-e-der-z-ge"), ("a/../b", "a-b"), ("--x--", "x"), ("", "run"),
    ("日本", "run"), ("UPPER_case.1", "upper-case-1"),
    (String(repeating: "ab-", count: 30), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a"),
    (String(repeating: "a", count: 39) + "/b", String(repeating: "a", count: 39)),
  ])
  func reducesNames(_ name: String, _ expected: String) {
    #expect(RunIdentifier.reduced(name) == expected)
    let id = RunIdentifier.make(topology: name, created: 0, random: .max)
    #expect(RunIdentifier.isValid(id))
    #expect(id == "19700101-000000-\(expected)-ffff")
  }

  @Test(arguments: [Int64.min, -1, 0, 253_402_300_799_999, .max])
  func takesAnyTime(_ created: Int64) {
    #expect(RunIdentifier.isValid(RunIdentifier.make(topology: "a", created: created, random: 0)))
  }

  @Test(arguments: [
    "", ".", "lost+found", "20260304-050607-a", "20260304-050607--0a3", "20260304-050607-A-0a3f",
    "20260304-050607-a/b-0a3f", "2026030x-050607-a-0a3f", "20260304-050607-a-0a3g",
    ".20260304-050607-a-0a3f.removed", "20260304-050607-\(String(repeating: "a", count: 41))-0a3f",
  ])
  func passesOverOtherNames(_ name: String) {
    #expect(!RunIdentifier.isValid(name))
  }
}
