import Testing
import Wire

/// Commands made by hand, each with one thing wrong.
@Suite struct CommandValidationTests {
  struct Breach: Sendable, CustomTestStringConvertible {
    var field: Protobuf.Field
    var says: String
    var testDescription: String { says }

    init(_ field: Protobuf.Field, says: String) {
      self.field = field
      self.says = says
    }
  }

  static let file = Protobuf.Field.message(1, Protobuf(.text(1, "t.yaml")))
  static let long = String(repeating: "x", count: 4097)

  static func submit(_ fields: Protobuf.Field...) -> Protobuf.Field {
    var submission = Protobuf()
    for field in fields { submission.append(field) }
    return .message(1, Protobuf(.message(1, submission), .fixed64(2, 9)))
  }

  static func plan(_ fingerprint: String, _ specification: [UInt8]) -> Protobuf.Field {
    .message(
      7,
      Protobuf(
        .fixed64(1, 7),
        .message(2, Protobuf(.text(1, fingerprint), .bytes(3, specification)))))
  }

  static func many(_ count: Int, _ field: Protobuf.Field) -> [Protobuf.Field] {
    Array(repeating: field, count: count)
  }

  static func submit(many fields: [Protobuf.Field]) -> Protobuf.Field {
    var submission = Protobuf()
    for field in fields { submission.append(field) }
    return .message(1, Protobuf(.message(1, submission), .fixed64(2, 9)))
  }

  @Test(arguments: [
    Breach(.varint(99, 1), says: "asks nothing"),
    Breach(.message(1, Protobuf(.message(1, Protobuf(file)))), says: "the token is missing"),
    Breach(submit(), says: "the submission has no file"),
    Breach(submit(file, file), says: "has a file twice"),
    Breach(submit(.message(1, Protobuf())), says: "a file's path is empty"),
    Breach(submit(.message(1, Protobuf(.text(1, long)))), says: "a file's path has 4097 bytes"),
    Breach(submit(file, .message(2, Protobuf(.text(2, "v")))), says: "a variable's name is empty"),
    Breach(
      submit(file, .message(2, Protobuf(.text(1, "A"))), .message(2, Protobuf(.text(1, "A")))),
      says: "has an environment variable twice"),
    Breach(submit(many: many(102, file)), says: "more than 101 files"),
    Breach(submit(many: [file] + many(1001, .bytes(2, []))), says: "more than 1000 environment"),
    Breach(submit(many: [file] + many(1001, .bytes(3, []))), says: "more than 1000 overrides"),
    Breach(.message(3, Protobuf()), says: "the run's name is empty"),
    Breach(.message(4, Protobuf(.text(1, long))), says: "the run's name has 4097 bytes"),
    Breach(.message(5, Protobuf()), says: "the run's name is empty"),
    Breach(.message(6, Protobuf()), says: "the run is missing"),
    Breach(plan("0123", [1]), says: "not 16 hexadecimal digits"),
    Breach(plan("0123456789ABCDEF", [1]), says: "not 16 hexadecimal digits"),
    Breach(plan("0123456789abcdef", []), says: "the plan has no specification"),
    Breach(.message(8, Protobuf(.fixed64(1, 7))), says: "a rejection without a reason"),
    Breach(.message(9, Protobuf(.bytes(2, [1]))), says: "the run is missing"),
    Breach(.message(10, Protobuf(.text(2, "{}"))), says: "the run is missing"),
  ])
  func aBadRequestIsNamed(_ breach: Breach) {
    #expect { try CommandTests.request([1, 2, 68, 0] + Protobuf(breach.field).bytes) } throws: {
      "\($0)".contains(breach.says)
    }
  }

  @Test(arguments: [
    Breach(.varint(99, 1), says: "answers nothing"),
    Breach(.message(2, Protobuf()), says: "the run's name is empty"),
    Breach(.message(4, Protobuf(.text(1, "r"))), says: "unknown state 0"),
    Breach(.message(4, Protobuf(.text(1, "r"), .varint(2, 7))), says: "unknown state 7"),
    Breach(.message(5, Protobuf(.text(2, "r"))), says: "the run is missing"),
    Breach(
      .message(5, Protobuf(.fixed64(1, 7), .text(2, "r"))), says: "the submission has no file"),
  ])
  func aBadResponseIsNamed(_ breach: Breach) {
    #expect { try CommandTests.response([1, 2, 69, 0] + Protobuf(breach.field).bytes) } throws: {
      "\($0)".contains(breach.says)
    }
  }

  @Test func linesAreCountedBeforeTheyAreMade() {
    var lines = Protobuf()
    for _ in 0...20_000 { lines.append(.bytes(1, [])) }
    #expect {
      try CommandTests.response([1, 2, 69, 0] + Protobuf(.message(3, lines)).bytes)
    } throws: {
      "\($0)".contains("more than 20000 lines")
    }
  }

  @Test func piecesOfAMessageAreCountedTogether() {
    let file = Self.file
    var body = Protobuf()
    for _ in 0..<51 { body.append(.message(1, Protobuf(.message(1, Protobuf(file, file))))) }
    #expect { try CommandTests.request([1, 2, 68, 0] + body.bytes) } throws: {
      "\($0)".contains("more than 101 files")
    }
  }
}
