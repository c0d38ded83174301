import Testing
import ZeroMQ

@Suite("Keys are read and written, and secrets are not shown")
struct CurveKeyTests {
  // The server's pair of the example in libzmq's documentation of zmq_curve.
  private let publicText = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
  private let secretText = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

  @Test("keys are read back as they were written")
  func roundTrip() throws {
    #expect(try CurvePublicKey(z85: publicText).z85 == publicText)
    #expect(try CurvePublicKey(z85: publicText).description == publicText)
    #expect(try CurveSecretKey(z85: secretText).revealZ85() == secretText)
    let pair = try CurveKeyPair.generate()
    #expect(try CurveKeyPair(secretKey: pair.secretKey).publicKey == pair.publicKey)
    #expect(try CurveKeyPair.generate().publicKey != pair.publicKey)
  }

  @Test("the public key follows from the secret one")
  func derived() throws {
    let secret = try CurveSecretKey(z85: secretText)
    #expect(try CurveKeyPair(secretKey: secret).publicKey.z85 == publicText)
  }

  @Test("a secret key shows in no description, mirror or dump")
  func hidden() throws {
    let pair = try CurveKeyPair(secretKey: CurveSecretKey(z85: secretText))
    var dumped = ""
    dump(pair, to: &dumped)
    for text in ["\(pair)", String(reflecting: pair), "\(pair.secretKey)", dumped] {
      #expect(text.contains("hidden"))
      #expect(!text.contains(secretText.prefix(8)))
    }
  }

  @Test(
    "what is no key is refused and not repeated",
    arguments: [
      "", "short", String(repeating: "~", count: 40), String(repeating: "\"", count: 40),
      "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh67", String(repeating: "é", count: 20),
      "\u{0}TKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6", String(repeating: "#", count: 40),
    ])
  func refused(text: String) {
    let error = zeroMQError { _ = try CurveSecretKey(z85: text) }
    #expect(error?.code == .invalidKey)
    #expect(text.isEmpty || error?.description.contains(text) == false)
    #expect(zeroMQError { _ = try CurvePublicKey(z85: text) }?.code == .invalidKey)
  }
}
