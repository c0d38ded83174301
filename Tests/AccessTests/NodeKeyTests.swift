import Access
import Testing
import ZeroMQ

@Suite("Key files are read if nobody else can, and never shown")
struct NodeKeyTests {
  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  // Pairs of libzmq's documentation of zmq_curve.
  private let publicText = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
  private let secretText = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
  private let otherText = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"

  private func text(
    public publicKey: String? = nil, secret: String? = nil, supervisor: String? = nil
  ) -> String {
    """
    # a comment

    public = \(publicKey ?? publicText)
      secret=\(secret ?? secretText)\t
    supervisor =   \(supervisor ?? otherText)

    """
  }

  @Test("a key file is read, whatever its spaces and comments")
  func read() throws {
    let key = try NodeKey.load(path: try directory.write("a.key", text()))
    #expect(key.pair.publicKey.z85 == publicText)
    #expect(key.pair.secretKey.revealZ85() == secretText)
    #expect(key.supervisor.z85 == otherText)
    #expect(!key.isSupervisor)
    #expect(key.credentials.publicKey == key.pair.publicKey)
    #expect(Credentials.none.publicKey == nil)
    let windows = text().replacing("\n", with: "\r\n")
    #expect(
      try NodeKey.load(path: try directory.write("b.key", windows)).supervisor.z85 == otherText)
  }

  @Test(
    "a key file that others can read or write is refused with the remedy",
    arguments: [0o640, 0o604, 0o660, 0o644, 0o620, 0o601, 0o777])
  func shared(permissions: Int) throws {
    let path = try directory.write("a.key", text(), mode: permissions)
    let error = accessError { _ = try NodeKey.load(path: path) }
    #expect(error?.code == .insecure)
    #expect(error?.remedy == "chmod 600 \(path)")
    #expect(error?.description.contains("mode 0\(String(permissions, radix: 8))") == true)
    for allowed in [0o600, 0o400, 0o700] {
      try setMode(allowed, of: path)
      _ = try NodeKey.load(path: path)
    }
  }

  @Test("what is no key file is refused, with its line, and nothing of it is repeated")
  func malformed() throws {
    let swapped = text(public: secretText, secret: publicText)
    let cases: [(String, String)] = [
      ("", "no line `secret"), ("# nothing", "no line `secret"),
      (secretText, "a.key:1: this line is not `name = key`"),
      ("secret = \(secretText)", "no line `public"),
      (text(secret: String(secretText.dropLast())), "a.key:4: the secret key is not 40"),
      (text(secret: String(repeating: "~", count: 40)), "a.key:4: the secret key is not 40"),
      (text(public: "short"), "a.key:3: the public key is not 40"),
      (text(supervisor: ""), "a.key:5: the supervisor key is not 40"),
      (text() + "secret = \(secretText)\n", "a.key:6: there is a second line of `secret`"),
      (text() + "sceret = \(secretText)\n", "a.key:6: this line is not of"),
      (swapped, "its public key is not that of its secret key"),
      (String(repeating: "#\n", count: 4_000), "longer than 4096 bytes"),
    ]
    for (content, reason) in cases {
      let path = try directory.write("a.key", content)
      let error = accessError { _ = try NodeKey.load(path: path) }
      #expect(error?.code == .malformed)
      let words = error.map { "\($0)" } ?? ""
      #expect(words.contains(reason), "\(words)")
      for start in [secretText, publicText] {
        #expect(!words.contains(start.prefix(10)), "\(words)")
      }
      #expect(!words.contains("\n"))
    }
  }

  @Test("bytes that are no text are refused")
  func noText() throws {
    for seed in UInt8(0)..<32 {
      let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37) ^ seed &* 11 }
      let error = accessError {
        _ = try NodeKey(environment: ["MILLRACE_KEY": String(decoding: bytes, as: UTF8.self)])
      }
      #expect(error?.code == .malformed)
    }
  }

  @Test("a file that is not there, or is none, is an error with its path")
  func notThere() throws {
    let missing = accessError { _ = try NodeKey.load(path: "\(directory.path)/missing.key") }
    #expect(missing?.code == .notFound)
    #expect(missing?.description.contains("missing.key") == true)
    #expect(accessError { _ = try NodeKey.load(path: directory.path) }?.code == .malformed)
  }

  @Test("nothing shows a secret key: no description, no dump, no mirror")
  func hidden() throws {
    let key = try NodeKey.load(path: try directory.write("a.key", text()))
    for value in [key, key.credentials, key.pair, [key.credentials]] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      for words in ["\(value)", String(reflecting: value), dumped] {
        for start in 0...30 {
          #expect(!words.contains(secretText.dropFirst(start).prefix(10)))
        }
      }
    }
  }

  @Test("a key comes from the argument, else from the named file, else from the environment")
  func found() throws {
    let file = try directory.write("a.key", text())
    let other = try directory.write("b.key", text(supervisor: publicText))
    let lines = text(supervisor: secretText).split(separator: "\n")
    let all = [
      "MILLRACE_KEY_FILE": other, "MILLRACE_KEY": lines.joined(separator: "\n"),
    ]
    #expect(try NodeKey.find(keyFile: file, environment: all)?.supervisor.z85 == otherText)
    #expect(try NodeKey.find(keyFile: nil, environment: all)?.supervisor.z85 == publicText)
    let flat = ["MILLRACE_KEY_FILE": "", "MILLRACE_KEY": lines.dropFirst().joined(separator: ";")]
    #expect(try NodeKey.find(keyFile: nil, environment: flat)?.supervisor.z85 == secretText)
    #expect(try NodeKey.find(keyFile: nil, environment: [:]) == nil)
    #expect(try NodeKey(environment: ["MILLRACE_KEY": ""]) == nil)
    let error = accessError { _ = try NodeKey(environment: ["MILLRACE_KEY": secretText]) }
    #expect(error?.place.hasPrefix("$MILLRACE_KEY") == true)
    #expect(error?.description.contains(secretText.prefix(8)) == false)
  }
}
