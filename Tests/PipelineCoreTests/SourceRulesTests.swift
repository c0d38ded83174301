import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The rules of the machines' sources, checked in their text: what decides must not depend on a
/// clock, on chance, on the world outside or on the order of a hash table.
@Suite("Rules of the sources")
struct SourceRulesTests {
  static let sources = SourceText.all(under: SourceText.folder(of: "PipelineCore"))

  @Test func thereAreSourcesToCheck() {
    #expect(Self.sources.count >= 20)
    #expect(Self.sources.contains { $0.name == "Ventilator.swift" })
  }

  @Test func nothingButCollectionsIsImported() {
    for source in Self.sources {
      for line in source.lines where line.words.contains("import") {
        let isAllowed = ["DequeModule", "OrderedCollections"].contains(line.words.last ?? "")
        #expect(isAllowed, "\(source.name):\(line.number): \(line.code)")
      }
    }
  }

  @Test(arguments: [
    "Date(", "ContinuousClock", "SuspendingClock", "clock_gettime", "random(", "randomElement(",
    "shuffled(", "shuffle(", "SystemRandomNumberGenerator", "Hasher(", "hashValue", "Task ",
    "Task.", "await ", "print(", "ObjectIdentifier",
  ])
  func nothingDependsOnClocksOrChance(_ forbidden: String) {
    for source in Self.sources {
      for line in source.lines where line.code.contains(forbidden) {
        Issue.record("\(source.name):\(line.number): '\(forbidden)' in: \(line.code)")
      }
    }
  }

  @Test func noDictionaryOrSetIsIterated() {
    // Names, over all files: a property is often used in an extension elsewhere.
    let names = Set(Self.sources.flatMap { source in source.lines.compactMap(\.hashedName) })
    #expect(names.contains("seconds") && names.contains("present"), "the check finds nothing")
    for source in Self.sources {
      for line in source.lines {
        for name in names where line.iterates(name) {
          Issue.record("\(source.name):\(line.number): iterates '\(name)': \(line.code)")
        }
      }
    }
  }

  @Test func theCheckForIterationSeesWhatItShould() {
    for code in [
      "for (key, value) in leases {", "for x in self.leases where x {", "let a = leases.map { $0 }",
      "leases.keys.first", "let all = leases.values", "leases.forEach { _ in }", "leases.first",
      "Array(leases)", "leases.popFirst()", "leases.randomElement()",
    ] {
      #expect(SourceLine(number: 1, code: code).iterates("leases"), "\(code)")
    }
    for code in ["leases[3] = nil", "leases.count", "for x in releases {", "leases.removeAll()"] {
      #expect(!SourceLine(number: 1, code: code).iterates("leases"), "\(code)")
    }
    #expect(SourceLine(number: 1, code: "var a: Set<Int> = []").hashedName == "a")
    #expect(SourceLine(number: 1, code: "var b: [UInt32: Lease] = [:]").hashedName == "b")
    #expect(SourceLine(number: 1, code: "var c: OrderedSet<Int> = []").hashedName == nil)
    #expect(SourceLine(number: 1, code: "var d: [Int] = []").hashedName == nil)
  }
}
