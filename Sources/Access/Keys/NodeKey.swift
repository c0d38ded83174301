package import ZeroMQ

/// What a process needs to take part: its own key pair, and the key to know the supervisor by.
///
/// A key file is text; a `#` begins a comment:
///
///     # Millrace key of node worker: whoever reads this file can join as it.
///     public = Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID
///     secret = D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs
///     supervisor = rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7
package struct NodeKey: Sendable {
  /// The variable of the environment that may hold a key file's content. Programs that are started
  /// for somebody else must not inherit it.
  package static let contentVariable = "MILLRACE_KEY"

  /// The variable of the environment that may name a key file.
  package static let fileVariable = "MILLRACE_KEY_FILE"

  /// The process's own pair.
  package let pair: CurveKeyPair

  /// The supervisor's public key; for the supervisor its own.
  package let supervisor: CurvePublicKey

  /// Joins the parts.
  package init(pair: CurveKeyPair, supervisor: CurvePublicKey) {
    self.pair = pair
    self.supervisor = supervisor
  }

  /// Whether this is the supervisor's own key.
  package var isSupervisor: Bool { pair.publicKey == supervisor }

  /// The key as what sockets need.
  package var credentials: Credentials { .curve(pair, supervisor: supervisor) }

  /// Reads a key file.
  ///
  /// - Throws: ``AccessError``: it is not there, others can read it, or it is no key file.
  package static func load(path: String) throws(AccessError) -> NodeKey {
    let file = try GuardedFile.read(path, limit: KeyFileText.limit, secret: true)
    return try KeyFileText.parse(file.bytes, place: path)
  }

  /// The key in the variable `MILLRACE_KEY`; nil if there is none. Lines may also be separated by `;`.
  ///
  /// - Throws: ``AccessError/Code/malformed``, which does not repeat the value.
  package init?(environment: [String: String]) throws(AccessError) {
    guard let content = environment[Self.contentVariable], !content.isEmpty else { return nil }
    let lines = content.utf8.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: "\n") : $0 }
    self = try KeyFileText.parse(lines, place: "$\(Self.contentVariable)")
  }

  /// The key a process was given: in the file named by its arguments, else in the file that
  /// `MILLRACE_KEY_FILE` names, else in `MILLRACE_KEY`; nil if nowhere.
  ///
  /// - Throws: ``AccessError`` as ``load(path:)`` and ``init(environment:)``.
  package static func find(
    keyFile: String?, environment: [String: String]
  ) throws(AccessError) -> NodeKey? {
    if let keyFile { return try load(path: keyFile) }
    if let path = environment[fileVariable], !path.isEmpty { return try load(path: path) }
    return try NodeKey(environment: environment)
  }
}

extension NodeKey: CustomStringConvertible {
  /// The public key; nothing of the secret one.
  package var description: String { "NodeKey(\(pair.publicKey))" }
}
