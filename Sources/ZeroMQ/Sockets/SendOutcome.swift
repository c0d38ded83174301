/// What became of a message that was handed to a socket.
package enum SendOutcome: Hashable, Sendable {
  /// The socket has taken the whole message. That it arrives is not promised: peers die.
  case sent

  /// No peer has room; nothing was taken.
  case wouldBlock

  /// The peer went away between two frames: what it had been given is void, and the message is
  /// to be treated like any other that a dead peer held. No part of it reaches anybody.
  case lost
}
