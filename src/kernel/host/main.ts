import { createKernelService } from '../../app/kernelService.js';
import { channelLogger, processChannel } from './channel.js';
import { serve } from './serve.js';

const channel = processChannel();
const logger = channelLogger(channel);
serve(createKernelService({ logger }), channel, logger);
