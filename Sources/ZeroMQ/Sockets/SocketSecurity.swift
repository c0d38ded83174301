/// How a socket protects what goes beyond this host.
package enum SocketSecurity: Sendable {
  /// Nothing: such a socket only takes addresses of this host.
  case none

  /// Nothing, and any address: whoever reaches the socket may read, forge and take part. For a user
  /// who has said so aloud.
  case insecure

  /// CURVE, on the side that proves its identity by `key` and admits the clients that `handler`
  /// lists. CURVE without a handler would admit any client, so a server cannot be had without.
  case server(key: CurveSecretKey, handler: ZAPHandler)

  /// CURVE, on the side that checks the server's key and shows its own.
  case client(keys: CurveKeyPair, server: CurvePublicKey)
}
