/// What a socket can do, as a type: sending to a PULL does not compile.
package protocol SocketPattern {
  /// The socket type of libzmq.
  static var kind: SocketKind { get }
}

/// A pattern that sends.
package protocol SendingPattern: SocketPattern {}

/// A pattern that receives.
package protocol ReceivingPattern: SocketPattern {}

/// One of several pushers or the only one; each message goes to one puller.
package enum Push: SendingPattern {
  package static var kind: SocketKind { .push }
}

/// Receives from all its pushers in turn.
package enum Pull: ReceivingPattern {
  package static var kind: SocketKind { .pull }
}

/// Each message goes to all subscribers that are there and keep up; others miss it.
package enum Publish: SendingPattern {
  package static var kind: SocketKind { .publish }
}

/// Receives what it has subscribed to.
package enum Subscribe: ReceivingPattern {
  package static var kind: SocketKind { .subscribe }
}

enum Router: SendingPattern, ReceivingPattern {
  static var kind: SocketKind { .router }
}

enum Pair: ReceivingPattern {
  static var kind: SocketKind { .pair }
}

/// Sends a question, then receives its answer, and so on in turn. One that waits for an answer
/// that does not come is closed, and the question asked with another.
package enum Request: SendingPattern, ReceivingPattern {
  package static var kind: SocketKind { .request }
}

/// Receives a question, then sends its answer, and so on in turn.
package enum Reply: SendingPattern, ReceivingPattern {
  package static var kind: SocketKind { .reply }
}

/// Sends each message to one of the pullers.
package typealias PushSocket = Socket<Push>

/// Receives from pushers.
package typealias PullSocket = Socket<Pull>

/// Sends each message to all subscribers.
package typealias PublishSocket = Socket<Publish>

/// Asks.
package typealias RequestSocket = Socket<Request>

/// Answers.
package typealias ReplySocket = Socket<Reply>

/// Receives from publishers.
package typealias SubscribeSocket = Socket<Subscribe>
