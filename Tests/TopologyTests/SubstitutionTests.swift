import Testing
import Topology

@Suite struct SubstitutionTests {
  private let environment = ["N": "5", "EMPTY": "", "YAML": "5 # x\nevil: true", "NAME": "x-1"]

  @Test func plainScalarsAreTypedAfterwards() throws {
    let text = topologyText(more: "workers: ${N}\nattempts: ${NO:-7}\npatience: ${N}0s")
    let topology = try load(text, environment: environment)
    #expect(topology.workers == 5)
    #expect(topology.attempts == 7)
    #expect(topology.patience == .seconds(50))
  }

  @Test(arguments: [
    ("${NAME}.csv", "x-1.csv"), ("${NO:-d}.csv", "d.csv"), ("${EMPTY:-d}.csv", "d.csv"),
    ("${EMPTY}a.csv", "a.csv"), ("${NO:-}a.csv", "a.csv"), ("$${N}.csv", "${N}.csv"),
    ("$N.csv", "$N.csv"), ("$$N.csv", "$$N.csv"), ("a${N}b${N}.csv", "a5b5.csv"),
    ("${NO:-a:-b}.csv", "a:-b.csv"), ("ü${N}ü.csv", "ü5ü.csv"),
  ])
  func textIsFilledIn(text: String, result: String) throws {
    let topology = try load(topologyText(source: "files: \"\(text)\""), environment: environment)
    guard case .files(let source) = topology.source else { throw UnexpectedValue() }
    #expect(source.patterns[0].text == result)
  }

  @Test func valuesCannotBecomeStructure() {
    #expect(
      errors(of: topologyText(more: "workers: ${YAML}"), environment: environment) == [
        "t.yaml:5:10: error: workers must be a whole number from 1 to 1024, not '5 # x evil: true'"
      ])
  }

  @Test func keysAreNotFilledIn() {
    let found = errors(of: topologyText(more: "${NAME}: 1"), environment: environment)
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("t.yaml:5:1: error: unknown key '${NAME}'"))
  }

  @Test(arguments: [
    ("${NO}", "environment variable 'NO' is not set: set it, or write ${NO:-default}"),
    ("${N", "'${' without '}': close it, or write '$${' for the text '${'"),
    (
      "${}",
      "'${}' is not of the form ${NAME} or ${NAME:-default}; write '$${' for the text '${'"
    ),
    (
      "${1X}",
      "'${1X}' is not of the form ${NAME} or ${NAME:-default}; write '$${' for the text '${'"
    ),
    (
      "${N:5}",
      "'${N:5}' is not of the form ${NAME} or ${NAME:-default}; write '$${' for the text '${'"
    ),
  ])
  func wrongReferenceIsRefused(reference: String, message: String) {
    #expect(
      errors(of: topologyText(more: "workers: \"\(reference)\""), environment: environment) == [
        "t.yaml:5:10: error: \(message)"
      ])
  }

  @Test func wrongReferenceWithinAQueryHasItsPlace() {
    let found = errors(of: topologyText(stage: "sql: 'SELECT ${NO}'"))
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("t.yaml:2:34: error: environment variable 'NO' is not set"))
  }

  @Test func referenceThatNeedsQuotesIsExplained() {
    let found = errors(of: topologyText(more: "sink: { file: out/${N}.csv }"))
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("t.yaml:5:20: error: not valid YAML: "))
    #expect(found[0].hasSuffix("; within { } and [ ] put a text that holds ${…} in quotes"))
  }

  @Test func growthIsLimited() {
    let reference = String(repeating: "${BIG}", count: 999)
    let big = ["BIG": String(repeating: "x", count: 2000)]
    let found = errors(of: topologyText(source: "files: \(reference)"), environment: big)
    #expect(
      found == ["t.yaml:4:10: error: the text exceeds 1 MiB with environment variables filled in"])
    let many = topologyText(source: "files: \(reference)${BIG}${BIG}")
    #expect(
      errors(of: many, environment: ["BIG": ""]) == [
        "t.yaml:4:10: error: more than 1000 references in one text"
      ])
  }
}
