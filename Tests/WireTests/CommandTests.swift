import PipelineCore
import Testing
import Wire

@Suite struct CommandTests {
  static func request(_ frame: [UInt8]) throws -> Request {
    try frame.withUnsafeBytes { try Request(frame: $0) }
  }

  static func response(_ frame: [UInt8]) throws -> Response {
    try frame.withUnsafeBytes { try Response(frame: $0) }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func aReceiverFindsWhatWasSent(_ seed: UInt64) throws {
    var arbitrary = Arbitrary(seed: seed)
    let request = arbitrary.request()
    #expect(try Self.request(request.encoded()) == request)
    let response = arbitrary.response()
    #expect(try Self.response(response.encoded()) == response)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func damageNeverBringsTheReceiverDown(_ seed: UInt64) {
    var arbitrary = Arbitrary(seed: seed)
    for sent in [arbitrary.request().encoded(), arbitrary.response().encoded()] {
      let sent = Array(sent.prefix(250))
      for length in 0..<sent.count {
        _ = try? Self.request(Array(sent[..<length]))
        _ = try? Self.response(Array(sent[..<length]))
      }
      for bit in 0..<sent.count * 8 {
        var frame = sent
        frame[bit / 8] ^= 1 << (bit % 8)
        _ = try? Self.request(frame)
        _ = try? Self.response(frame)
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func randomBytesNeverBringTheReceiverDown(_ block: UInt64) {
    for seed in block * 2_000..<(block + 1) * 2_000 {
      var random = Random(seed: seed)
      let body = random.bytes(Int(seed % 60))
      _ = try? Self.request([1, 2, 68, 0] + body)
      _ = try? Self.response([1, 2, 69, 0] + body)
    }
  }

  @Test func aCommandIsNoMessageOfAnotherChannel() {
    for frame in [Request.status(json: false).encoded(), Response.done.encoded()] {
      #expect { try ControlTests.decode(frame) } throws: { "\($0)".contains("carries none") }
    }
    #expect { try Self.request(Response.done.encoded()) } throws: {
      "\($0)".contains("kind 69 where a request was due")
    }
    #expect { try Self.response(Samples.beat.encoded()) } throws: {
      "\($0)".contains("kind 65 where a response was due")
    }
    #expect { try Self.request([2, 0, 68, 0]) } throws: {
      "\($0)".contains("run the same release on both")
    }
  }

  @Test func aRequestAboveItsLimitIsRefused() throws {
    let run = RunID(rawValue: 7)
    let large = [UInt8](repeating: 7, count: WireLimits.command + 1)
    let output = Request.output(run, large)
    #expect(try Self.request(output.encoded()) == output)
    let submission = Submission(
      files: [.init(path: "t.yaml", content: large)], environment: [], overrides: [])
    #expect { try Self.request(Request.submit(submission, token: 1).encoded()) } throws: {
      "\($0)".contains("at most 8388608 are allowed")
    }
  }

  @Test func aSmallRequestBehindALargeOneIsMeasuredAsItself() {
    // Of a choice that comes twice the later counts: here an output, then a rejection.
    let text = String(repeating: "x", count: WireLimits.command)
    let body = Protobuf(
      .message(9, Protobuf(.fixed64(1, 7))),
      .message(8, Protobuf(.fixed64(1, 7), .text(2, text)))
    ).bytes
    #expect { try Self.request([1, 2, 68, 0] + body) } throws: {
      "\($0)".contains("at most 8388608 are allowed")
    }
  }
}
