extension SocketOptions {
  /// Options of sockets between hosts: a peer that is cut off or dead is noticed within 7 seconds,
  /// one that comes back is connected to within about a second, and a connection that does not say
  /// who it is stays for 2 seconds.
  ///
  /// IPv4 and IPv6 are served alike: `*` stands for all addresses of both. The number of connections
  /// to a listening socket has no limit in libzmq; what bounds it is the process's limit of open
  /// files, see ``OpenFileLimit``, and ``handshakeInterval`` for those that say nothing.
  package static var network: SocketOptions {
    var options = SocketOptions()
    options.keepAlive = TCPKeepAlive(idle: .seconds(2), interval: .seconds(1), count: 5)
    options.tcpMaximumRetransmit = .seconds(5)
    options.connectTimeout = .seconds(2)
    options.reconnectInterval = .milliseconds(10)
    options.maximumReconnectInterval = .seconds(1)
    options.handshakeInterval = .seconds(2)
    options.ipv6 = true
    return options
  }
}
