// Loaded before a server that would listen on every interface: it listens on this machine alone.
import net from 'node:net';

const { listen } = net.Server.prototype;

net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'number' || typeof port === 'string'
    ? listen.call(this, Number(port), '127.0.0.1', ...rest.filter(each => typeof each === 'function'))
    : listen.call(this, port, ...rest);
};
