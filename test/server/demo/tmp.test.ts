import { test } from 'vitest';
import { generateYear } from '../../../server/demo/year.ts';
import { params, config } from './load-demo.ts';
const sh=(at:number)=>new Date(at+8*3600e3).toISOString().slice(0,19);
test('x', () => {
const status=new Map(); let n=0; let all:any[]=[];
for(const b of generateYear(params,config))for(const e of b as any[]){ all.push(e);
 if(e.type==='hall.window.changed') status.set(e.data.window,e);
 if(e.type==='hall.ticket.called'&&status.get(e.data.window).data.status!=='open'&&n++<6) console.log(sh(e.at),e.id,JSON.stringify(status.get(e.data.window)),sh(status.get(e.data.window).at));
}
console.log(n);
console.log(all.filter(e=>sh(e.at)>='2019-11-25T09'&&/followup.opened|window.changed|terminal|deferred/.test(e.type)&&!/open-1/.test(e.id)).map(e=>sh(e.at).slice(11)+' '+e.type+' '+JSON.stringify(e.data)).join('\n'));
});
